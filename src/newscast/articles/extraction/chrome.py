"""An element of a page -> why it may be what surrounds an article, by its tag and its names."""

import re

from lxml import html

#: Elements that are there for what surrounds an article.
_TAGS = frozenset("nav footer aside figcaption form dialog menu label".split())
#: What else an element may say it is there for (WAI-ARIA, landmark roles).
_ROLES = frozenset(
    "navigation complementary banner contentinfo search dialog alertdialog menu region".split()
)
#: Words of class and id names that sites give to what surrounds an article. Matched as whole words after
#: names are cut at -, _ and capitals; a subtree is only left out when it is not most of the page's prose.
_AROUND = re.compile(
    r"\b(?:ads?|adv|advert\w*|adsense|iklan|banner|sponsor\w*|promo\w*|baca ?juga|bacajuga|lihat ?juga|"
    r"lihatjg|"
    r"link ?sisip|linksisip|sisip|inject\w*|terkait|related|relate|rekomendasi|recommend\w*|populer|popular|"
    r"terpopuler|terkini|trending|headlines?|latest|newsfeed|breadcrumbs?|share|sharing|shares|sosmed|"
    r"socials?|medsos|"
    r"komentar|comments?|disqus|tags?|tagging|topik|topics?|keywords?|author|authors|penulis|editor|"
    r"reporter|byline|"
    r"credits?|kredit|captions?|photo ?desc|copyright|sidebar|side(?! article)|aside|widget|newsletter|"
    r"subscribe|langganan|"
    r"cookies?|consent|gdpr|popup|modal|overlay|toast|navbar|navigation|nav|menu|megamenu|"
    r"footer|topbar|header|skip|toolbar|follow|whatsapp|telegram|channel|instagram|twitter|tweet|facebook|"
    r"fb|tiktok|"
    r"embed|gambas|sc gambas|video|videos|player|noncontent|parallax\w*|static ?detail\w*|disclaimer|rating|"
    r"pull ?quote|quote ?old|next ?article|more ?news|other ?news|read ?more|readmore|poll\w*|kuis|quiz|"
    r"survey|feedback|calendar|kalender|footnotes?|"
    r"visually ?hidden|sr only|screen ?reader|print ?only|no ?print|lazy ?load ?placeholder|outbrain|"
    r"taboola|mgid|"
    r"dable|recreativ|teads|gpt|dfp)\b"
)
#: Posts of networks inside an article, by the class that their own scripts look for: never the author's.
_EMBEDDED = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-(?:post|video)|threads-post)\b"
)
#: Where marks of footnotes lead: fn1, fn:1, _ftn1, cite_note-1.
_NOTE = re.compile(r"_?(?:fn|ftn|edn|footnote|endnote|cite_note)[\W_]?\d+", re.I)
_UNSHOWN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_./]+")


def is_embedded(element: html.HtmlElement) -> bool:
    """Whether an element is somebody's post on a network, shown inside the article."""
    name = element.get("class")
    return bool(name and _EMBEDDED.search(name))


def suspicion(element: html.HtmlElement, tag: str) -> str:
    """Why an element may be chrome, or ""."""
    if tag in _TAGS:
        return f"<{tag}>"
    if tag == "article" and next(element.iterancestors("article"), None) is not None:
        return "<article> in an article"
    attributes = element.attrib
    if not attributes or attributes.get("itemprop") == "articleBody":
        return ""
    if attributes.get("role") in _ROLES:
        return f"role {attributes['role']}"
    for key in ("class", "id"):
        if (value := attributes.get(key)) and (found := _AROUND.search(_CAMEL.sub(" ", value).lower())):
            return f"{key} {found[0]}"
    if _NOTE.fullmatch(attributes.get("id") or ""):
        return "footnote"
    if "hidden" in attributes or _UNSHOWN.search(attributes.get("style") or ""):
        return "hidden"
    return ""
