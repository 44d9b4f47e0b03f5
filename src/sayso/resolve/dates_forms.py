"""The forms that time expressions take, as patterns with named parts.

Names in braces stand for parts that `dates_grammar` fills in from the words of the
calendar and from `PARTS`. What a form means is for the rule of its name.
"""

from __future__ import annotations

FORMS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<iso>\d{4}-\d\d-\d\d)(?:[T ]{clock24})?(?![-\d])"),
    (
        "numeric",
        r"(?P<n1>\d\d?)(?P<sep>[/.-])(?P<n2>\d\d?)(?P=sep)(?P<n3>\d{4}|\d\d)(?![-/\d])",
    ),
    (
        "day_range",
        r"(?:(?P<between>[Bb]etween) |[Tt]he night of )?(?:the )?(?P<day>{dd}){th}"
        r"(?: and | to |–| – |-)(?:the )?(?P<day2>{dd}){th} (?:of )?(?P<month>{month})"
        r"(?:(?: of)? ?,? ?(?P<year>{yyyy}))?",
    ),
    (
        "day_range",
        r"(?:(?P<between>[Bb]etween) )?(?P<month>{month}) (?P<day>{dd}){th}"
        r"(?: and | to |–| – |-)(?P<day2>{dd}){th}\b(?: ?, ?(?P<year>{yyyy}))?",
    ),
    (
        "date",
        r"(?:(?P<weekday>{weekday}),? )?(?P<month>{month}) (?:the )?(?P<day>{dd})"
        r"{th}(?!\d|:\d|[.,]\d|-year| (?:percent|p\.?m|a\.?m)\b)"
        r"(?:(?: of| in)? ?,? ?(?P<year>{yyyy})|{relyear})?",
    ),
    (
        "date",
        r"(?:(?P<weekday>{weekday}),? )?(?:the )?(?P<day>{dd}){th} (?:of )?"
        r"(?P<month>{month})(?:(?: of| in)? ?,? ?(?P<year>{yyyy})|{relyear})?",
    ),
    (
        "date",
        r"(?P<rel>[Ll]ast|[Nn]ext) (?P<month>{month}) (?P<day>{dd}){th}(?!\d|:\d)",
    ),
    ("month", r"{mod}(?P<month>{month}),? (?:of |in )?(?P<year>{yyyy})"),
    ("month", r"{mod}(?P<month>{month}){relyear}"),
    (
        "month",
        r"{mod}(?:the month of )?(?P<month>{month})(?! for [A-Z]| of the [A-Z])",
    ),
    (
        "month_range",
        r"(?:(?:[Ff]rom|[Bb]etween) )(?P<month>{month})"
        r" (?:to|until|till|through|and) (?P<month2>{month})(?:,? (?P<year>{yyyy}))?"
        r"(?! \d)",
    ),
    ("month_range", r"(?P<month>{month})[–-](?P<month2>{month}) (?P<year>{yyyy})"),
    (
        "date_range",
        r"(?:(?:[Ff]rom|[Bb]etween) )?(?P<day>{dd}){th} (?P<month>{month})"
        r"(?: ?(?:to|until|till|through|and|–|-) ?)(?P<day2>{dd}){th} "
        r"(?P<month2>{month})(?:,? (?P<year>{yyyy}))?",
    ),
    (
        "date_range",
        r"(?:(?:[Ff]rom|[Bb]etween) )?(?P<month>{month}) (?P<day>{dd}){th}"
        r"(?: ?(?:to|until|till|through|and|–|-) ?)(?P<month2>{month}) "
        r"(?P<day2>{dd}){th}(?:,? (?P<year>{yyyy}))?",
    ),
    ("month", r"(?P<rel>(?:the )?{rel}) (?P<month>{month})"),
    (
        "day_of_month",
        r"(?:the )(?P<day>{dd})(?:st|nd|rd|th)\b"
        r"(?! (?!(?:and|was|were|had|has|the|at|in|to|by|but|when|he|she|they)\b)"
        r"\w)",
    ),
    (
        "weekday",
        r"(?<!Black )(?<!Bloody )(?<!Easter )"
        r"(?:(?P<rel>{rel}|[Tt]his (?:coming|past)) )?(?P<weekday>{weekday})",
    ),
    (
        "every",
        r"(?P<weekday>{weekdays})(?: (?P<part>{daypart}))?s|"
        r"(?P<weekday2>{weekdays})s",
    ),
    (
        "weekday_range",
        r"(?:(?:[Tt]he )?night )?(?:(?:[Ff]rom|[Bb]etween) )(?P<weekday>{weekday})"
        r" (?:to|until|till|through|and) (?P<weekday2>{weekday})",
    ),
    (
        "season",
        r"{mod}(?:the )?(?P<season>{season}),? (?:of )?"
        r"(?:(?P<year>{yyyy})|(?P<rel>{rel}) year)",
    ),
    ("season", r"{mod}(?:(?P<rel>{rel}) |the )(?P<season>{season})(?! of\b)"),
    ("season", r"(?<=[Ii]n ){mod}(?P<season>{season})|(?P<season2>{season_only})"),
    (
        "quarter",
        r"{mod}(?:the |its |their |our )?(?:(?P<rel>{rel})[ -]year's )?"
        r"(?:fiscal |calendar )?(?P<nth>{ordinal}|1st|2nd|3rd|4th)[- ]"
        r"(?P<unit>quarter|half)(?: of)?(?: fiscal)?"
        r"(?: (?:(?P<year>{yyyy})|(?P<rel2>{rel}) (?:fiscal )?year|"
        r"(?P<back>{ayear})))?(?!-)(?!(?: of)? (?:the )?(?:{month}|month)\b)",
    ),
    (
        "quarter",
        r"(?:the |its |their |our )?(?:(?P<year>{yyyy})|(?P<back>year-(?:ago|earlier)))"
        r" (?:fiscal )?(?P<nth>{ordinal}|1st|2nd|3rd|4th)[- ](?P<unit>quarter|half)",
    ),
    (
        "latest",
        r"(?:the |its |their |our )?(?:latest|most recent) "
        r"(?P<unit>quarter|period|week|month|fiscal year|year)(?:['’]s\b)?",
    ),
    ("quarter", r"Q(?P<nth>[1-4])(?: (?:of )?(?P<year>{yyyy}))?"),
    ("same_period", r"the (?P<year>{yyyy}) (?P<unit>quarter|period)"),
    (
        "year_ended",
        r"(?:the |its |their )?(?P<unit>fiscal year|year)(?= end(?:ed|ing)\b)",
    ),
    (
        "year_range",
        r"(?:(?:(?P<between>[Bb]etween)|[Ff]rom|the years) )?(?P<year>{yyyy})"
        r"(?:(?<=[a-z] \d{4}) (?:and|to|until|till|through) | ?[–-] ?|/)"
        r"(?P<year2>{yyyy}|\d\d)(?![-/\d:])",
    ),
    (
        "decade",
        r"{mod}(?:the )?(?:(?P<modx>early|mid|late)[ -])?"
        r"(?:(?P<century>1[5-9]|20)|['’])?(?P<tens>\d0)['’]?s\b",
    ),
    ("decade", r"{mod}(?:[Tt]he )(?:(?P<modx>early|mid|late)[ -])?(?P<word>{tens})"),
    (
        "century",
        r"{mod}(?:the )?(?:(?P<nth>\d\d?)(?:st|nd|rd|th)|(?P<word>{ordinal}))"
        r"[- ]century(?P<bc> B\.?C\.?E?\b)?",
    ),
    ("bc", r"(?:ca?\. |{mod})?(?P<bc>\d{1,4}) ?B\.?C\.?(?:E\b)?"),
    (
        "year",
        r"{mod}(?:[Ff]iscal(?: year)? |FY ?|the year |the years )?(?P<year>{yyyy})"
        r"(?!-year|[:%]|[.,]\d|-?\w)",
    ),
    ("short_year", r"['’](?P<short>\d\d)(?![\d'’]|s\b)"),
    (
        "relative_day",
        r"(?:[Ee]arlier |[Ll]ater )?(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|"
        r"TODAY|[Tt]onight|[Oo]vernight)(?:['’]s\b)?",
    ),
    (
        "relative_day",
        r"the day (?P<word>before yesterday|after tomorrow)",
    ),
    ("night_before", r"(?P<rel>[Ll]ast|[Tt]his|[Tt]hat) (?P<part>{daypart})"),
    (
        "period",
        r"(?:{mod}|(?:[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly) (?:in )?)"
        r"(?P<rel>(?:[Tt]he )?{rel}) (?P<unit>{period})(?:['’]s\b)?(?![- ]old|-)",
    ),
    (
        "period",
        r"(?P<the>{mod}(?:(?:later|earlier|late|early|remainder|rest) (?:in |of )|)"
        r"the (?:entire |whole |full )?)"
        r"(?P<unit>day|week|month|fiscal year|year|quarter|weekend)"
        r"(?: (?P<after>previous|before|earlier|following|after)"
        r"(?= ?(?:[.,;:)\n”\"]|$)))?(?![- ]old|-|['’])",
    ),
    (
        "same_period",
        r"the {alike} (?:period|time|quarter)(?: of| in)? (?P<last>last year)",
    ),
    ("same_period", r"the (?:{alike} )?(?:period|month|quarter) {ayear}"),
    ("period", r"(?P<the>(?:the )?)(?P<unit>month|year)(?:['’]s |-| )(?P<ends>end)"),
    ("year_earlier", r"(?:the |a )?year[- ](?:earlier|ago)(?: (?:period|quarter))?"),
    (
        "ago",
        r"(?:(?:about|almost|nearly|over|some|just|only|more than|less than) )?"
        r"(?P<count>{count}) (?:{extra} )?(?P<unit>{unit})"
        r"(?: (?P<ago>ago|earlier|later|before|afterwards?|previously|hence|from now|"
        r"after|back|prior))(?<!before)(?<!after)(?! that\b)|"
        r"(?P<count2>{count}) (?P<unit2>{unit}) (?P<ago2>before|after)"
        r"(?= ?(?:[.,;:)\n”\"]|$| that\b))",
    ),
    ("in_units", r"(?<=[Ii]n )(?P<count>{count}) (?P<unit>{unit})['’] time"),
    (
        "past_span",
        r"(?:[Tt]he )?(?P<rel>past|last|next|previous|coming|following|first|"
        r"preceding|another|final) "
        r"(?P<count>{count}|few|couple of) (?:{extra} |and a half )?(?P<unit>{unit})"
        r"(?: of (?P<year>{yyyy}))?",
    ),
    (
        "past_span",
        r"(?:[Tt]he )?(?P<rel>past|last|next|coming|following) "
        r"(?:(?P<least>{number})(?: to |[–-])(?P<count>{number})) (?P<unit>{unit})",
    ),
    (
        "week_of",
        r"the (?P<nth>{ordinal}|last) (?P<unit>week|weekend|day) of "
        r"(?P<month>{month})(?:,? (?P<year>{yyyy}))?",
    ),
    (
        "week_of",
        r"the (?P<unit>week|weekend) (?:of|beginning|starting)(?: on)? "
        r"(?:(?P<month>{month}) (?P<day>{dd}){th}|"
        r"(?P<day2>{dd}){th} (?P<month2>{month}))(?:,? (?P<year>{yyyy}))?",
    ),
    ("set", r"(?P<set>{set})"),
    (
        "every",
        r"(?P<every>[Ee]very|[Ee]ach|[Pp]er) (?:(?P<count>{count}|other|few) )?"
        r"(?:(?P<weekday>{weekday})(?: (?P<part2>{daypart}))?|(?P<part>{daypart})|"
        r"(?P<unit>{unit})|(?P<month>{month})|(?P<season>{season})|"
        r"(?P<holiday>{holiday}))",
    ),
    (
        "duration",
        r"(?:[Mm]ore than |[Ll]ess than |[Aa]t least |[Oo]ver |[Aa]lmost |[Nn]early |"
        r"[Aa]bout |[Ss]ome |[Uu]p to )?"
        r"(?P<count>{count})(?P<half> and a half)?[- ](?:(?P<extra>{extra})[ -])?"
        r"(?P<unit>{unit})(?P<half2> and a half)?(?:[- ]long)?"
        r"(?![- ]olds?\b| of age\b)",
    ),
    (
        "duration",
        r"(?:(?:[Bb]etween|[Ff]rom) )?(?P<least>{number})(?: to | or | and |[–-])"
        r"(?P<count>{number})[- ](?:(?P<extra>{extra})[ -])?(?P<unit>{unit})"
        r"(?![- ]olds?\b| of age\b)",
    ),
    ("duration", r"(?P<one>[Aa]n?) (?P<unit>{unit}) or (?:two|so)(?! ago)"),
    ("vague", r"(?<!\d )(?P<vague>{units})(?:-long)?(?! old\b| of age\b)"),
    (
        "clock_range",
        r"(?:(?P<between>[Bb]etween) |[Ff]rom )?"
        r"(?:(?P<hour>0?[1-9]|1[0-2])(?:[:.](?P<minute>[0-5]\d))?"
        r"(?: ?(?P<half>[AaPp])\.? ?[Mm]\b\.?)?|(?P<moment>{moment}))"
        r"(?: ?[–-] ?|(?(between) and | (?:to|until|till|through) ))"
        r"(?:(?P<hour_b>0?[1-9]|1[0-2])(?:[:.](?P<minute_b>[0-5]\d))? ?"
        r"(?P<half_b>[AaPp])\.? ?[Mm]\b\.?|(?P<moment_b>{moment}))"
        r"(?: ?\(? ?{zone} ?\)?)?",
    ),
    (
        "clock_range",
        r"(?:(?P<between>[Bb]etween) |[Ff]rom )?"
        r"(?:{clock24}|(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d))"
        r"(?: ?[–-] ?|(?(between) and | (?:to|until|till|through) ))"
        r"(?:(?P<hour24_b>[01]?\d|2[0-4])[:h](?P<minute24_b>[0-5]\d)(?![\d:]|\.\d)|"
        r"(?P<mil_b>[01]\d[0-5]\d|2[0-3][0-5]\d)(?= (?:hours|hrs|{zones})\b))"
        r"(?: ?(?:hours|hrs|h))?(?: ?\(? ?{zone})?",
    ),
    (
        "clock_range",
        r"(?:(?P<between>[Bb]etween) |[Ff]rom )(?P<told>{told})"
        r"(?(between) and | (?:to|until|till) )(?P<told_b>{told})(?: o['’]clock)? "
        r"(?:in the |at )(?P<part>morning|afternoon|evening|night)",
    ),
    ("clock", r"{clock12}(?: ?\(? ?{zone} ?\)?)?"),
    ("clock", r"{clock24}(?: ?(?:hours|hrs|h))?(?: ?\(? ?{zone})?"),
    ("clock", r"(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d) (?:hours|hrs|{zone})"),
    ("clock", r"(?P<moment>{moment})(?! (?:prayers?|meal|call|news|train)\b)"),
    (
        "clock",
        r"(?P<told>{told}) o['’]clock|(?P<fraction>half|quarter|ten|twenty|five)"
        r" (?P<side>past|to) (?P<told2>{told})\b(?! \w+s\b)",
    ),
    (
        "daypart",
        r"(?:(?:early|late)(?: in| on)? )?the (?:following |next |same )?"
        r"(?P<part>{daypart})(?: of)?",
    ),
    (
        "daypart",
        r"(?<!-to-)(?:early |late |mid-?)?(?P<part>{daypart})(?: hours)?"
        r"(?! (?:prayers?|strikes?|raids?|attacks?|coach|bus|train|shift|market|watch|"
        r"list|news|show|talk|meal|call|fires?|rush)\b|-to-)",
    ),
    (
        "holiday",
        r"(?P<eve>(?:[Tt]he )?[Ee]ve of )?(?:(?P<rel>{rel}) )?(?P<holiday>{holiday})"
        r"(?:,? (?P<year>{yyyy})|{relyear})?",
    ),
    ("reference", r"(?P<reference>{reference})(?! of\b)"),
)
"""Rule name and pattern, the more telling ones first; the longest match wins."""

PARTS = {
    "dd": r"0?[1-9](?!\d)|[12]\d|3[01]",
    "th": r"(?: ?(?:st|nd|rd|th)\b)?",
    "yyyy": r"1\d{3}|20\d\d|21\d\d|{spoken}",
    "relyear": r"(?: of)? (?P<relyear>(?:the )?{rel}) year",
    "alike": r"(?:same|corresponding|comparable|equivalent)",
    "rel": r"(?:[Ll]ast|[Tt]his|[Nn]ext|[Pp]ast|[Pp]revious|[Pp]rior|[Ff]ollowing|"
    r"[Cc]oming|[Tt]hat(?: same)?|[Ss]ame|[Pp]receding|[Uu]pcoming|[Cc]urrent|"
    r"[Ss]ubsequent)",
    "mod": r"(?:(?:the )?(?P<mod>[Ee]arly|[Ll]ate|[Ll]ater|[Mm]id|[Mm]iddle|"
    r"[Ee]arlier)[ -](?:in )?(?:the )?"
    r"|[Tt]he (?:very )?(?P<edge>beginning|start|middle|end|close|latter (?:part|half)|"
    r"remainder|rest) of )?",
    "extra": "(?:straight|consecutive|full|more|whole|long|trading|working|business|"
    "calendar|further|additional|extra|successive|solid|other|brutal|bloody)",
    "ayear": r"(?:a year|one year) (?:ago|earlier|before)",
    "clock12": r"(?P<hour>0?[1-9]|1[0-2])(?:[:.](?P<minute>[0-5]\d))? ?"
    r"(?P<half>[AaPp])\.? ?[Mm]\b\.?",
    "clock24": r"(?P<hour24>[01]?\d|2[0-4])[:h](?P<minute24>[0-5]\d)(?::[0-5]\d)?"
    r"(?![\d:]|\.\d)",
    "zone": r"(?P<zone>{zones})(?: ?(?P<offset>[+-]\d\d?)(?::00)?)?\b",
}
"""Patterns for parts that need no words from the lists."""
