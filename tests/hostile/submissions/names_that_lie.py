# tries: text that clears terminals, reorders itself, writes CI commands, spreadsheet formulas and markup | expect: ERROR | holds: one sanitiser
BAIT = "\x1b[2J\x1b]0;owned\x07\u202eSSAP\u202c\n::set-output name=grade::100\n=HYPERLINK(1)\n<script>alert(1)</script>"
Evil = type(BAIT, (Exception,), {})


def add(a, b):
    print(BAIT)
    raise Evil(BAIT)


def mean(xs):
    raise ValueError(BAIT)


def word_count(text):
    return {BAIT: BAIT}
