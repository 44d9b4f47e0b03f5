"""RECORDS -> what shows only across texts: threads of comments and, later, stories.

Pure: comments, their Readings and a background table come as arguments. Findings
describe texts; nothing here judges or scores a person.
"""
