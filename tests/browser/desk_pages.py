"""Every page of the desk, and what belongs to no page."""

PAGES = (
    "/desk/review", "/desk/review?state=set_aside",
    "/desk/find", "/desk/find?q=order*&state=waiting", "/desk/find?q=nothing", "/desk/quotes/1",
    "/desk/wall", "/desk/wall?search=nothing", "/desk/wall?done=13", "/desk/wall/scheduled",
    "/desk/quotes/2/edit", "/desk/quotes/2/alike",
    "/desk/withdrawals/new?scope=source&value=shop", "/desk/withdrawals/1",
    "/desk/improvements", "/desk/improvements/new", "/desk/improvements/1", "/desk/soon",
    "/desk/notices", "/desk/notices/new", "/desk/notices/1",
    "/desk/takeovers", "/desk/takeovers/emergency", "/desk/takeovers/texts/new",
    "/desk/takeovers/texts/1", "/desk/takeovers/goals/new", "/desk/takeovers/goals/1",
    "/desk/measurement", "/desk/measurement?metric=ces", "/desk/measurement/desk",
    "/desk/intake", "/desk/intake/uploads/1",
    "/desk/screens", "/desk/screens/new", "/desk/screens/1", "/desk/screens/1/commands",
    "/desk/screens?state=never", "/desk/screens?q=nothing", "/desk/screens/sites",
    "/desk/screens/pair", "/desk/screens/groups", "/desk/screens/groups/1",
    "/desk/screens/feeds", "/desk/screens/feeds/new", "/desk/screens/feeds/new?kind=nps",
    "/desk/screens/feeds/1", "/desk/screens/feeds/1/deletion", "/desk/screens/feeds/2/deletion",
    "/desk/screens/playlists", "/desk/screens/playlists/1", "/desk/screens/weeks",
    "/desk/screens/weeks/none", "/desk/screens/weeks/none/slots/2",
    "/desk/screens/weeks/none/slots/new",
    "/desk/screens/publication", "/desk/screens/ahead?time=12:00",
    "/desk/screens/watch", "/desk/screens/uptime", "/desk/screens/uptime?site=Solna",
    "/desk/screens/plays", "/desk/screens/plays?by=item", "/desk/screens/plays?name=nowhere",
    "/desk/deliveries", "/desk/deliveries/1", "/desk/deliveries/programmes",
    "/desk/deliveries/programmes/1",
    "/desk/settings", "/desk/settings/rules", "/desk/settings/rules/new", "/desk/settings/rules/1",
    "/desk/settings/rules/1/trial", "/desk/settings/rules/1/rulings",
    "/desk/settings/rules/1/deletion", "/desk/settings/sources",
    "/desk/settings/look", "/desk/settings/journey", "/desk/settings/lists", "/desk/settings/keys",
    "/desk/settings/expiry", "/desk/people", "/desk/people/1", "/desk/account", "/desk/audit",
    "/desk/nowhere",
)  # fmt: skip

PARTS = {
    "miniatures.miniature", "miniatures.showing",
    "review.lines", "review.card_alone", "claims.newer", "claims.news_since",
    "deliveries.progress", "many.sweep_progress", "agents_desk.screenshot",
}  # fmt: skip
"""Endpoints whose answer is put into a page by its script, or sent away as a file."""
