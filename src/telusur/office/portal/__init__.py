"""The respondent's own pages, entered by a one-time code from the served notice.

The code of a notice lets its holder choose a passphrase, once; from then on the number of the file and the passphrase
open the pages for eight hours at a time. A respondent is never a user of the office: the session holds a case and its
end, and nothing here opens anything else. What is shown is what was served, what the respondent handed in, and where
the case stands in the words for respondents; nothing of the reporter, no note and no draft.

The door
--------
codes.new_code
    Issue a code for a case; the act that serves a letter shows it once, for the letter.
codes.withdraw
    End every way in until a new code is issued.
"""
