"""The grammar of dates as rows: the name of a rule in `date_grammar` and its pattern over even text.

`{M}` month, `{W}` weekday, `{DAY}` a weekday that may stand before a date, `{D}` day, `{Y}` year, `{N}` number, `{O}`
ordinal, `_` a gap of blanks. Where a third column stands, a line where the rule can match has one of its words, too.
"""

# Words of which a line has at least one where a rule of that name can match; "#" is any number, "####" one of four
# digits, "/" that mark. Rules with months, weekdays, seasons or feasts need one of those instead.
ANCHORS: dict[str, str] = {
    "iso": "####",
    "slashes": "#",
    "bare_day": "st nd rd th month",
    "year": "####",
    "days+1": "tomorrow غدا غد",
    "days-1": "yesterday night امس",
    "days+0": "today tonight this اليوم الليله هذا صباح",
    "days+2": "tomorrow غد",
    "days-2": "yesterday امس",
    "period": "week weekend month quarter year الاسبوع الشهر العام السنه",
    "distance": "hour hours day days week weeks fortnight fortnights month months year years يوما يوم ايام اسبوعا "
    "اسابيع شهرا اشهر سنوات يومين اسبوعين شهرين سنتين",
    "quarter": "quarter half q",
}

RULES: tuple[tuple[str, ...], ...] = (
    ("iso", r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    ("slashes", r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<year>\d{4}))?", "/"),
    ("slashes", r"(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<year>\d{4})"),
    # ranges
    ("range", r"(?:from_|between_|on_)?{D}_?(?:to|and|until|-|–|—|الي)_?{E}_?(?:of_)?{M}(?:,?_{Y})?", "#"),
    ("range", r"(?:from_|between_)?{M}_{D}_?(?:to|-|–|—|and)_?{E}(?:,?_{Y})?", "#"),
    ("range", r"(?:from_|between_)?{D}_(?:of_)?{M2}_?(?:to|and|until|-|–|—|الي)_?{E}_(?:of_)?{M}(?:,?_{Y})?", "#"),
    ("range", r"(?:from_|between_)?{M2}_{D}_?(?:to|and|until|-|–|—)_?{M}_{E}(?:,?_{Y})?", "#"),
    # days and months
    (
        "month_day",
        r"(?P<week>(?:the_)?week_(?:of|beginning|starting)_(?:monday,?_)?){D}_(?:of_)?{M}(?:,?_{Y})?",
        "week",
    ),
    ("month_day", r"(?P<week>(?:the_)?week_(?:of|beginning|starting)_(?:monday,?_)?){M}_{D}(?:,?_{Y})?", "week"),
    ("month_day", r"{DAY}{D}_?(?:of_|من_)?{M}(?:,?_{Y})?", "#"),
    ("month_day", r"{DAY}{M}_{D}(?:,?_{Y})?(?![\d:%])", "#"),
    ("month_day", r"(?:the_)?{O}_(?:day_)?(?:of|من)_{M}(?:,?_{Y})?", "of من"),
    (
        "month_only",
        r"{UNTIL}(?:the_)?(?P<part>beginning|start|middle|end|close|(?:first|last|closing|opening)"
        r"(?: few| two| three| five| ten)? days)_of_{M}(?:,?_{Y})?",
        "beginning start middle end close days",
    ),
    (
        "month_only",
        r"(?P<until>بحلول_|قبل_|حتي_)?(?P<part>نهايه|منتصف|اوائل|بدايه|اواخر|مطلع)_(?:شهر_)?{M}(?:,?_{Y})?",
        "نهايه منتصف اوائل بدايه اواخر مطلع",
    ),
    (
        "month_only",
        r"{UNTIL}(?:the_)?(?P<part>(?:first|second|third|fourth|last)_(?:week|half))_(?:of|in)_{M}(?:,?_{Y})?",
        "week half",
    ),
    ("month_only", r"(?P<part>early|mid|late|mid-|end)[ -]?{M}(?:,?_{Y})?", "early mid late end"),
    ("month_only", r"(?P<how>next_|last_|this_){M}", "next last this"),
    ("month_only", r"{M},?_(?:of_)?{Y}", "####"),
    (
        "month_only",
        r"(?:in|by|since|until|till|before|after|for|from|of|during|through|to|early in|late in|شهر|في|منذ)_{M}"
        r"(?!\.?[ \t]\d)",
    ),
    ("month_only", r"(?!may|march|mar\b|jan\b|ماي\b|اب\b|اوت\b){M}"),
    # weekdays
    ("weekdays", r"(?:from_)?{W}_?(?:to|until|through|-|–)_?{W2}(?:_(?P<week>next week|last week))?"),
    ("weekdays", r"between_{W}_and_{W2}(?:_(?P<week>next week|last week))?", "between"),
    ("weekday", r"{W}_(?P<week>week|next week|last week)", "week"),
    ("weekday", r"(?P<week>a week (?:from|on)|next week (?:on )?)_?{W}", "week"),
    (
        "weekday",
        r"(?:(?P<how>next|last|this|coming|past)_)?{W}(?:_(?:morning|afternoon|evening|night|noon|midnight|at noon))?",
    ),
    ("weekday", r"(?:يوم_)?{W}(?:_(?P<how>المقبل|القادم|الماضي))?"),
    # days from today
    ("days+1", r"tomorrow(?:_(?:morning|afternoon|evening|night))?|غدا|يوم غد"),
    ("days-1", r"yesterday(?:_(?:morning|afternoon|evening))?|last night|امس|يوم امس|مساء امس"),
    (
        "days+0",
        r"today|tonight|this (?:morning|afternoon|evening)|at midnight tonight|اليوم|الليله|هذا المساء|صباح اليوم",
    ),
    ("days+2", r"the day after tomorrow|بعد غد"),
    ("days-2", r"the day before yesterday|اول امس"),
    # weeks, months, years
    (
        "period",
        r"{UNTIL}(?:the_)?(?P<part>end|close|middle|beginning|start)_of_{NEXT}_(?P<unit>week|month|quarter|year)",
        "end close middle beginning start",
    ),
    (
        "period",
        r"(?:later|earlier|early|late|at some point)?_?(?:in_)?(?P<how>next|last|this|the coming|the past|"
        r"the following)"
        r"_(?P<unit>week|weekend|month|quarter|year)(?!\w)",
    ),
    (
        "period",
        r"(?P<until>by|until|till|before|on)_the_last_day_of_(?P<how>the|this|next)_(?P<unit>week|month|"
        r"year)(?P<part>)",
    ),
    ("period", r"(?:by|until|till|before|at|over|on|for)_the_(?P<unit>weekend)"),
    ("period", r"(?P<part>end)_of_(?P<unit>week|month|quarter|year)"),
    ("period", r"before_(?:the|this)_(?P<unit>week|month|quarter|year)_(?:is|was)_(?P<out>out|over)"),
    (
        "period",
        r"(?P<until>بحلول_|قبل_|حتي_)?(?P<part>نهايه_)?(?:ال)(?P<unit>اسبوع|شهر|عام|سنه)"
        r"_(?P<how>المقبل|القادم|الماضي|المقبله|القادمه|الماضيه|الجاري|الحالي)",
        "المقبل القادم الماضي المقبله القادمه الماضيه الجاري الحالي",
    ),
    (
        "distance",
        r"(?P<within>within)_(?:the_next_|a_further_)?{N}[ -](?P<unit>hours?|days?|weeks?|fortnights?|months?|years?)"
        r"(?P<anchor>_(?:of|after|from)_(?!now|today)[\w']+(?:_[\w']+)?)?",
        "within",
    ),
    ("distance", r"in_{N}_(?P<unit>hours?|days?|weeks?|fortnights?|months?|years?)(?:'s?)?(?:_time)?", "in"),
    ("distance", r"{N}_(?P<unit>days?|weeks?|fortnights?|months?|years?)_(?:from now|from today|hence)", "from hence"),
    ("distance", r"{N}_(?P<unit>days?|weeks?|fortnights?|months?|years?)_(?P<ago>ago)", "ago"),
    ("distance", r"(?:within|in)_a_(?P<unit>fortnight|week|month|year)", "fortnight week month year"),
    (
        "distance",
        r"(?:خلال|في غضون|بعد)_{N}_(?P<unit>يوما|يوم|ايام|اسبوعا|اسابيع|شهرا|اشهر|سنوات)[\u064b-\u0652]?"
        r"(?P<anchor>_(?:من|علي)_[\w]+)?",
        "خلال في بعد",
    ),
    ("distance", r"(?:خلال|في غضون|بعد)_(?P<unit>يومين|اسبوعين|شهرين|سنتين)(?P<dual>)", "خلال في بعد"),
    # quarters, halves, seasons, years
    ("quarter", r"(?:the_)?{O}_quarter(?:_of_(?:(?P<how>this|next|last|the)_year|{Y}))?"),
    ("quarter", r"q(?P<q>[1-4])(?:_{Y})?"),
    ("quarter", r"(?:the_)?{O}_(?P<half>half)_of_(?:(?P<how>this|next|last|the)_year|{Y})"),
    (
        "season",
        r"(?:in|by|before|until|since|this|(?P<how>next|last)|of|for|during)_(?:the_)?(?:early_|"
        r"late_)?{SEASON}(?:_of)?(?:_{Y})?",
    ),
    ("year", r"(?P<until>by|until|before)_(?:the_)?(?P<part>end|middle|beginning)_of_{Y}", "end middle beginning"),
    ("year", r"(?:the_)?(?P<part>end|middle|beginning|start|close)_of_{Y}", "end middle beginning start close"),
    ("year", r"(?P<part>early|mid|late)[ -]{Y}", "early mid late"),
    ("year", r"(?:in|by|since|until|till|before|after|of|from|during|for|to|عام|سنه|في)_{Y}"),
    (
        "bare_day",
        r"(?:on|by|until|before|from|to|for)_the_(?P<d>\d{1,2})(?:st|nd|rd|th)(?!_(?:round|session|time|day|"
        r"meeting|\w+ment))",
    ),
    ("bare_day", r"(?:the_)?(?:{O}|(?P<d>\d{1,2})(?:st|nd|rd|th))_(?:day_)?of_(?P<how>this|next|last|the)_month"),
    # feasts
    ("fixed", r"(?:by|before|until|at|after|on|for)_{FIXED}"),
    (
        "open",
        r"(?:before|after|by|until|till|قبل|بعد|حتي)_(?:the_|its_|their_|our_|next_|"
        r"this_year's_)?(?:[\w'-]{1,20}_){0,2}?{FEAST}",
    ),
)
