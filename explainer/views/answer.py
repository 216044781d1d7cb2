"""An answer's page: one expert on one question in full, the permanent home of the claims."""

from typing import Any, NamedTuple

from explainer import urls
from explainer.model import Answer, Expert
from explainer.views.parts import (
    AgreementView,
    ChangeView,
    CitationFile,
    ClaimView,
    DisagreementView,
    ExpertLink,
    LeftOutView,
    Link,
    Parts,
    ReadingView,
    SilenceView,
    StanceView,
    SummaryView,
    citation_files,
)

OTHERS = 12
"""The most other answers that a page shows; every answer on every page would grow with the square of the experts."""


class AnswerClaimView(NamedTuple):
    """A claim at home, with the findings that rest on it and the readings that hold the overview against it."""

    claim: ClaimView
    agreements: tuple[AgreementView, ...]
    disagreements: tuple[DisagreementView, ...]
    readings: tuple[ReadingView, ...]


class AnswerView(NamedTuple):
    """The answer in a sentence, its claims, its stances, what it does not address, and the other answers to the question."""

    title: str
    description: str
    expert: ExpertLink
    question: Link
    summary: SummaryView
    claims: tuple[AnswerClaimView, ...]
    verified: bool
    """Whether a quotation in them was found in the source."""
    stances: tuple[StanceView, ...]
    silent_scales: tuple[SilenceView, ...]
    left_out: tuple[LeftOutView, ...]
    others: tuple[SummaryView, ...]
    others_left: int
    """How many more there are, on the page of the question."""
    changes: tuple[ChangeView, ...]
    citations: tuple[CitationFile, ...]
    linked_data: dict[str, Any]
    """The page in the terms of schema.org."""


def answer(parts: Parts, noun: Answer) -> AnswerView:
    """One expert on one question."""
    library = parts.library
    claims = (
        AnswerClaimView(
            claim=parts.claim(claim),
            agreements=tuple(parts.agreement(finding) for finding in library.agreements_by_claim.get(claim, ())),
            disagreements=tuple(parts.disagreement(finding) for finding in library.disagreements_by_claim.get(claim, ())),
            readings=parts.readings(library.readings_by_claim.get(claim, ())),
        )
        for claim in noun.claims
    )
    title = f"{noun.expert.name}: {noun.question.title}"
    return AnswerView(
        title=title,
        description=noun.summary,
        expert=parts.expert(noun.expert),
        question=parts.question(noun.question),
        summary=parts.summary(noun.question, noun.expert),
        claims=tuple(claims),
        verified=any(noun.source.found(quotation.text, claim.paragraphs) for claim in noun.claims for quotation in claim.prose.quotations),
        stances=tuple(parts.stance(noun, stance) for stance in noun.stances),
        silent_scales=parts.silent_scales(noun),
        left_out=parts.left_out(noun.source, noun.left_out),
        others=tuple(parts.summary(noun.question, expert) for expert in _others(parts, noun)),
        others_left=max(0, len(library.experts) - 1 - OTHERS),
        changes=parts.changes(noun),
        citations=citation_files(urls.answer_citations(noun.question, noun.expert)),
        linked_data=parts.citations.linked_data(noun, title),
    )


def _others(parts: Parts, noun: Answer) -> list[Expert]:
    """The other experts; where there are many, those who come next in the order of the site, round its end."""
    experts, place = parts.library.experts, parts.number(noun.expert)
    following = (experts[(place + n) % len(experts)] for n in range(min(OTHERS, len(experts) - 1)))
    return sorted(following, key=parts.number)
