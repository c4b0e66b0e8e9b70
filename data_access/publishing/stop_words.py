"""English words that say how people write, not what about; left out of the word cloud."""

from __future__ import annotations

from typing import Final

_PLAIN: Final = """
about above actually after again against all almost also although always among and another any anyone anything are
around aren't because been before being below between both but came can can't cannot come comes could couldn't did
didn't does doesn't doing don't done down during each either else enough especially etc even ever every everyone
everything far few first for from further get gets getting give given gives giving goes going gone got had hadn't has
hasn't have haven't having he'd he'll hence her here here's hers herself him himself his how however i'd i'll i'm i've
if in instead into is isn't it it'd it'll it's its itself just keep know less let let's like likely lot lots made make
makes making many may maybe might more most much must mustn't myself need needs neither never next nor not nothing
now off often once one ones only onto other others otherwise ought our ours ourselves out over own part per perhaps
please put quite rather really said same say saying says see seem seems several shall shan't she she'd she'll she's
should shouldn't since some someone something sometimes somewhere still such sure take takes taking tend than that
that's the their theirs them themselves then there there's therefore these they they'd they'll they're they've thing
things think this those though three through thus till together too toward towards two under unless until upon use
used uses using usually various very via want wants was wasn't way ways we'd we'll we're we've well went were weren't
what what's whatever when where where's whether which while who who's whoever whole whom whose why will with within
without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
"""
STOP_WORDS: Final = tuple(sorted(_PLAIN.split()))
