from __future__ import annotations

import json

import pytest

from sayso.intake.comments import number_comments
from sayso.intake.dom import parse_page
from sayso.intake.metadata import find_linked_data
from sayso.intake.page_comments import find_page_comments
from sayso.record import Comment

THREAD = (
    Comment(n=1, author="c1", time="2024-05-21T08:02:00Z", text="Nobody asked us."),
    Comment(
        n=2,
        author="c2",
        time="2024-05-21T09:40:00Z",
        reply_to=1,
        text="It is not public.\n\nI went there.",
    ),
    Comment(n=3, author="c1", time="2024-05-22T07:00:00Z", text="Told you."),
)


def comments(body: str, head: str = "") -> tuple[Comment, ...]:
    tree = parse_page(f"<html><head>{head}</head><body>{body}</body></html>")
    return number_comments(find_page_comments(tree, find_linked_data(tree))[0])


def linked_comment(
    author: str, time: str, text: str, **more: object
) -> dict[str, object]:
    return {
        "@type": "Comment",
        "author": {"@type": "Person", "name": author},
        "dateCreated": time,
        "text": text,
        **more,
    }


REPLY = linked_comment(
    "lena_k",
    "2024-05-21T09:40:00Z",
    "<p>It is not public.</p><p>I went there.</p>",
)
FIRST = linked_comment("oldmiller", "2024-05-21T08:02:00Z", "Nobody asked us.")
LAST = linked_comment("oldmiller", "2024-05-22T07:00:00Z", "Told you.")


@pytest.mark.parametrize(
    "node",
    [
        {"@type": "NewsArticle", "comment": [{**FIRST, "comment": REPLY}, LAST]},
        {
            "@graph": [
                {**FIRST, "@id": "#1"},
                {**REPLY, "@id": "#2", "parentItem": {"@id": "#1"}},
                LAST,
            ]
        },
    ],
    ids=["nested", "graph"],
)
def test_linked_data_gives_the_thread(node: object) -> None:
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'

    assert comments("", head) == THREAD


MICRODATA = """
<section>
 <div itemprop="comment" itemscope itemtype="https://schema.org/Comment">
  <b itemprop="author" itemscope><span itemprop="name">oldmiller</span></b>
  <meta itemprop="dateCreated" content="2024-05-21T08:02:00Z">
  <div itemprop="text">Nobody asked us.</div>
  <div itemprop="comment" itemscope itemtype="https://schema.org/Comment">
   <span itemprop="author">lena_k</span>
   <time itemprop="dateCreated" datetime="2024-05-21T09:40:00Z">yesterday</time>
   <div itemprop="text"><p>It is not public.</p><p>I went there.</p></div>
  </div>
 </div>
 <div itemscope itemtype="https://schema.org/Comment">
  <span itemprop="author">oldmiller</span>
  <time itemprop="dateCreated" datetime="2024-05-22T07:00:00Z">today</time>
  <p itemprop="text">Told you.</p>
 </div>
</section>
"""
WORDPRESS = """
<div id="comments" class="comments-area"><h2 class="comments-title">3 thoughts</h2>
<ol class="comment-list">
 <li id="comment-11" class="comment even thread-even depth-1">
  <article id="div-comment-11" class="comment-body">
   <footer class="comment-meta"><div class="comment-author vcard">
    <img class="avatar"><b class="fn"><a class="url">oldmiller</a></b>
    <span class="says">says:</span></div>
    <div class="comment-metadata"><a href="#c"><time datetime="2024-05-21T08:02:00Z">
    May 21, 2024</time></a></div></footer>
   <div class="comment-content"><p>Nobody asked us.</p></div>
   <div class="reply"><a class="comment-reply-link">Reply</a></div>
  </article>
  <ol class="children"><li id="comment-12" class="comment odd depth-2">
   <article id="div-comment-12" class="comment-body">
    <footer class="comment-meta"><div class="comment-author vcard">
    <b class="fn">lena_k</b><span class="says">says:</span></div>
    <time datetime="2024-05-21T09:40:00Z">May 21</time></footer>
    <div class="comment-content"><p>It is not public.</p><p>I went there.</p></div>
    <div class="reply"><a>Reply</a></div>
   </article></li></ol>
 </li>
 <li id="comment-13" class="comment even depth-1">
  <article id="div-comment-13" class="comment-body">
   <footer class="comment-meta"><div class="comment-author vcard">
   <b class="fn">OldMiller</b></div>
   <time datetime="2024-05-22T07:00:00Z">May 22</time></footer>
   <div class="comment-content"><p>Told you.</p></div>
  </article>
 </li>
</ol>
<div id="respond" class="comment-respond"><h3>Leave a comment</h3>
<form class="comment-form"><textarea name="comment"></textarea></form></div></div>
"""
DISQUS = """
<div id="disqus_thread"><ul class="post-list">
 <li class="post" id="post-1"><div class="post-content">
  <header><span class="author publisher-anchor-color">oldmiller</span>
  <a class="time-ago" title="2024-05-21T08:02:00Z">2 days ago</a></header>
  <div class="post-body"><div class="post-message"><p>Nobody asked us.</p></div></div>
  <menu>Reply Share</menu></div>
  <ul class="children"><li class="post" id="post-2"><div class="post-content">
   <header><span class="author">lena_k</span>
   <a class="time-ago" title="2024-05-21T09:40:00Z">1 day ago</a></header>
   <div class="post-body"><div class="post-message">
   <p>It is not public.</p><p>I went there.</p></div></div></div></li></ul></li>
 <li class="post" id="post-3"><div class="post-content">
  <header><span class="author">oldmiller</span>
  <a class="time-ago" title="2024-05-22T07:00:00Z">now</a></header>
  <div class="post-message"><p>Told you.</p></div></div></li>
</ul></div>
"""
BEM = """
<section class="comments">
 <div class="c-comment" data-comment-id="a">
  <div class="c-comment__header"><span class="c-comment__username">oldmiller</span>
  <span class="c-comment__date">2024-05-21T08:02:00Z</span></div>
  <div class="c-comment__text">Nobody asked us.</div>
  <button>Like</button><span class="votes">12</span>
 </div>
 <div class="c-comment" data-comment-id="b" data-parent-id="a">
  <div class="c-comment__header"><span class="c-comment__username">lena_k</span>
  <span class="c-comment__date">2024-05-21T09:40:00Z</span></div>
  <div class="c-comment__text">It is not public.<br><br>I went there.</div>
 </div>
 <div class="c-comment" data-comment-id="c">
  <div class="c-comment__header"><span class="c-comment__username">oldmiller</span>
  <span class="c-comment__date">2024-05-22T07:00:00Z</span></div>
  <div class="c-comment__text">Told you.</div>
 </div>
</section>
"""


@pytest.mark.parametrize(
    "body",
    [MICRODATA, WORDPRESS, DISQUS, BEM],
    ids=["microdata", "wordpress", "disqus", "bem"],
)
def test_markup_gives_the_thread(body: str) -> None:
    assert comments(f"<article><p>An article.</p></article>{body}") == THREAD


def test_repeated_siblings_are_comments() -> None:
    body = """
    <h3>Readers write</h3>
    <div class="discussion">
      <div class="row"><i>oldmiller</i><p>Nobody in the valley asked us.</p></div>
      <div class="row"><i>lena_k</i><p>I went there, it is not public.</p></div>
    </div>
    """

    assert [comment.text for comment in comments(body)] == [
        "oldmiller\n\nNobody in the valley asked us.",
        "lena_k\n\nI went there, it is not public.",
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<div class="comments"><a href="#c">5 comments</a></div>',
        '<form class="comment-form"><div class="comment-text">Write here</div></form>',
        '<ul class="recentcomments"><li><a>lena_k</a> on <a>Dam fills</a></li></ul>',
        '<div class="comments-wrapper"><h2>Comments are closed.</h2></div>',
        '<div class="no-comment-policy"><p>We moderate comments here.</p></div>',
        '<div class="category-comment"><div class="entry-content">Text</div></div>',
        '<div class="comment"><h1>Dam</h1><div class="entry-content">Text</div></div>',
        '<div class="comments"><h1>Dam</h1><p>A first paragraph.</p>'
        "<p>And a second one.</p></div>",
        '<div class="comments-closed"><p>A first paragraph.</p>'
        "<p>And a second one.</p></div>",
    ],
)
def test_what_only_sounds_like_comments_is_none(body: str) -> None:
    assert comments(f"<article><p>An article.</p></article>{body}") == ()


def test_the_richest_way_wins() -> None:
    node = {"@type": "NewsArticle", "comment": [FIRST]}
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'

    assert comments(WORDPRESS, head) == THREAD


def test_names_of_commenters_are_gone() -> None:
    told = repr(comments(WORDPRESS))

    assert "oldmiller" not in told.lower()
    assert "lena_k" not in told
