"""What is remembered: the domain's table of contents."""

from signage.models.account import Identity, LoginLink, SignIn, User
from signage.models.afterwards import Duplicate, Expiry, Likeness, Withdrawal
from signage.models.agent import Agent, Screenshot
from signage.models.alerting import AlertChannel, AlertMessage
from signage.models.audit import AuditEntry
from signage.models.base import Base
from signage.models.claim import Claim, Shortcuts
from signage.models.command import Command
from signage.models.database import Database
from signage.models.delivery import (
    Edition,
    EditionReceipt,
    FormerCopy,
    Recall,
    RecallPart,
    Receipt,
    ScreenPosition,
)
from signage.models.feed import Feed, FeedChange, FeedItem
from signage.models.feed_rule import MadeFeed
from signage.models.group import Group
from signage.models.improvement import Improvement, ImprovementQuote
from signage.models.inspection import Inspection, ListedWord, lists_in_force
from signage.models.intake import ApiToken, Payload, Upload
from signage.models.notice import Goal, Notice, Picture, PreparedText
from signage.models.pairing import Device, Pairing
from signage.models.plan import PlanDraft, PublishedPlan
from signage.models.play import ItemPlay, Play, PlayQueue
from signage.models.preference import Preference, Preferences, preferences
from signage.models.quote import Decision, Quote, QuoteRevision
from signage.models.remark import Remark
from signage.models.response import SurveyResponse, Tally, Touchpoint
from signage.models.rule import Rule, Ruling, TrustedSource
from signage.models.screen import Screen, ScreenVitals
from signage.models.search import WordsLeft
from signage.models.tag import QuoteTag, Tag
from signage.models.views import SavedView
from signage.models.watch import Alert, BlindSpot, LastLook, Outage, WatchedSpan

__all__ = [
    "Agent",
    "Alert",
    "AlertChannel",
    "AlertMessage",
    "ApiToken",
    "AuditEntry",
    "Base",
    "BlindSpot",
    "Claim",
    "Command",
    "Database",
    "Decision",
    "Device",
    "Duplicate",
    "Edition",
    "EditionReceipt",
    "Expiry",
    "Feed",
    "FeedChange",
    "FeedItem",
    "FormerCopy",
    "Goal",
    "Group",
    "Identity",
    "Improvement",
    "ImprovementQuote",
    "Inspection",
    "ItemPlay",
    "LastLook",
    "Likeness",
    "ListedWord",
    "LoginLink",
    "MadeFeed",
    "Notice",
    "Outage",
    "Pairing",
    "Payload",
    "Picture",
    "PlanDraft",
    "Play",
    "PlayQueue",
    "Preference",
    "Preferences",
    "PreparedText",
    "PublishedPlan",
    "Quote",
    "QuoteRevision",
    "QuoteTag",
    "Recall",
    "RecallPart",
    "Receipt",
    "Remark",
    "Rule",
    "Ruling",
    "SavedView",
    "Screen",
    "ScreenPosition",
    "ScreenVitals",
    "Screenshot",
    "Shortcuts",
    "SignIn",
    "SurveyResponse",
    "Tag",
    "Tally",
    "Touchpoint",
    "TrustedSource",
    "Upload",
    "User",
    "WatchedSpan",
    "Withdrawal",
    "WordsLeft",
    "lists_in_force",
    "preferences",
]
