"""The pieces that several kinds of pages show: links, claims, stances, scales, agreements and disagreements.

Addresses in views are paths below the site's root. Nothing here depends on the page it stands on, so each piece is made once.
"""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import islice
from typing import Literal, NamedTuple

from explainer import urls
from explainer.citations import Citations, Piece
from explainer.coding import Cell, Coding, coding
from explainer.coverage import Coverage, coverage
from explainer.markdown import Html
from explainer.model import (
    Agreement,
    Answer,
    Claim,
    Disagreement,
    Expert,
    LeftOut,
    Library,
    OtherStep,
    Question,
    Reading,
    Scale,
    Source,
    Stance,
    Term,
    Theme,
    grouped,
    runs,
)
from explainer.schema import Verdict
from explainer.terms import forms
from explainer.views.verified import verified_prose, verified_text

SHAPES = 8
"""How many shapes of marks the stylesheet has."""

SILENT_SHOWN = 12
"""How many silent experts a finding names."""


class Link(NamedTuple):
    """A text that leads somewhere."""

    text: str
    url: str


class ExpertLink(NamedTuple):
    """An expert wherever one is named; `number` counts from 1 in site order."""

    slug: str
    name: str
    short: str
    initials: str
    number: int
    shape: int
    """Which of the eight shapes its mark has, from 1; beyond eight experts they come again, with other initials."""
    url: str


class ParagraphsView(NamedTuple):
    """Paragraphs of a source: the source, and a link for each run, as in `26–28`."""

    source: Link
    runs: tuple[Link, ...]


class CitationFile(NamedTuple):
    """A file of citations: its format, its address, and its media type."""

    text: str
    url: str
    type: str


class CitationView(NamedTuple):
    """How a claim is cited: a note in pieces, the claim's whole address if one is known, and the files that hold it and its neighbors."""

    pieces: tuple[Piece, ...]
    address: str
    files: tuple[CitationFile, ...]


class ChangeView(NamedTuple):
    """A change after publication: of which answer or source, of what in it, and where it is told.

    Of a claim that is there, it has the headline with what the claim depends on, as they are now.
    """

    reference: str
    """`question/expert#claim`, or `source#claim`; without `#claim` the change concerns the whole."""
    of: Link
    url: str
    scope: Literal["claim", "removed", "answer", "source"]
    headline: str | None
    condition: str | None
    whose: str | None
    date: str
    what: str
    why: str
    place: str
    """The id of the claim that this change took out, whose address now leads here; empty for any other change."""


class ClaimView(NamedTuple):
    """A claim wherever it appears."""

    id: str
    reference: str
    url: str
    expert: ExpertLink | None
    question: Link | None
    kind: str
    whose: str | None
    condition: str | None
    conditions: tuple[Link, ...]
    """Where its condition stands among those of other claims; two if it is double."""
    headline: Html
    html: Html
    themes: tuple[Link, ...]
    paragraphs: ParagraphsView
    citation: CitationView
    changes: tuple[ChangeView, ...]
    """Newest first."""


class LeftOutView(NamedTuple):
    """Paragraphs on which no claim rests, and why."""

    paragraphs: ParagraphsView
    because: str


class CellView(NamedTuple):
    """One expert in one place of a comparison. Without claims it says why: the answer is silent, or there is none."""

    expert: ExpertLink
    state: Literal["claims", "silent", "unanswered"]
    claims: tuple[ClaimView, ...]


class SummaryView(NamedTuple):
    """An expert's answer in one sentence; without an answer, `url` and `text` are empty."""

    expert: ExpertLink
    url: str
    text: str
    paragraphs: ParagraphsView | None


class PlacingView(NamedTuple):
    """A step of a scale, why, and from which paragraphs."""

    step: int
    sentence: str
    because: str
    paragraphs: ParagraphsView


class SecondView(NamedTuple):
    """What a second placing says that the first does not: another place, or, in the same place, another step that could be defended."""

    expert: ExpertLink
    place: Literal["step", "silent", "same"]
    step: int | None
    because: str
    paragraphs: ParagraphsView | None
    other: PlacingView | None


class SilenceView(NamedTuple):
    """A scale on which an answer has no stance, as a link, and what a second placing says to that."""

    text: str
    url: str
    second: SecondView | None


class StanceView(NamedTuple):
    """An expert's place on a scale, the other place that could be defended, and what a second placing says to that."""

    expert: ExpertLink
    scale: Link
    steps: int
    """How many steps the scale has."""
    placing: PlacingView
    other: PlacingView | None
    second: SecondView | None


class StepView(NamedTuple):
    """A step of a scale and who stands on it; `others` could be read as standing there."""

    number: int
    sentence: str
    stances: tuple[StanceView, ...]
    others: tuple[StanceView, ...]


class ScaleView(NamedTuple):
    """A scale with its experts: on a step, silent on it, or without an answer to the question."""

    id: str
    url: str
    title: str
    steps: tuple[StepView, ...]
    stances: tuple[StanceView, ...]
    silent: tuple[ExpertLink, ...]
    unanswered: tuple[ExpertLink, ...]
    seconds: tuple[SecondView, ...]
    """Where a second placing says something else."""


class AgreementView(NamedTuple):
    """What experts agree on; `silent` are the others, and `silent_left` how many more there are.

    `across` says that its claims answer more than one question.
    """

    id: str
    url: str
    title: str
    html: Html
    experts: tuple[ExpertLink, ...]
    silent: tuple[ExpertLink, ...]
    silent_left: int
    claims: tuple[ClaimView, ...]
    caution: str | None
    inference: bool
    across: bool


class SideView(NamedTuple):
    """One side of a disagreement."""

    holds: str
    experts: tuple[ExpertLink, ...]
    claims: tuple[ClaimView, ...]


class DisagreementView(NamedTuple):
    """What experts part on; `silent` are those on no side, and `silent_left` how many more there are.

    `across` says that its claims answer more than one question.
    """

    id: str
    url: str
    title: str
    type: str
    html: Html
    sides: tuple[SideView, ...]
    experts: tuple[ExpertLink, ...]
    claims: tuple[ClaimView, ...]
    """The claims of all sides."""
    both_right: str
    silent: tuple[ExpertLink, ...]
    silent_left: int
    inference: bool
    across: bool


class AttributedView(NamedTuple):
    """Words that the overview has in quotation marks as the experts', and where these say so; None if nowhere."""

    text: str
    paragraphs: ParagraphsView | None


class ReadingView(NamedTuple):
    """What the overview says of experts, beside what they hold themselves."""

    id: str
    url: str
    title: str
    experts: tuple[ExpertLink, ...]
    overview: Html
    overview_paragraphs: ParagraphsView
    quoted: tuple[AttributedView, ...]
    """Only where they could be looked up."""
    holds: Html
    paragraphs: ParagraphsView
    verdict: str
    """As the names of its words end: `not_found`."""
    because: Html
    html: Html
    claims: tuple[ClaimView, ...]


def citation_files(home: urls.CitationUrls) -> tuple[CitationFile, ...]:
    """The citations of one page in each format."""
    return (
        CitationFile("BibTeX", home.bibtex, "application/x-bibtex"),
        CitationFile("CSL-JSON", home.csl, "application/vnd.citationstyles.csl+json"),
        CitationFile("RIS", home.ris, "application/x-research-info-systems"),
    )


def verdict_name(verdict: Verdict) -> str:
    """A verdict as the names of its words end."""
    return verdict.replace(" ", "_")


class TermView(NamedTuple):
    """A word explained; `forms` are those that are explained where they stand."""

    id: str
    url: str
    term: str
    also: tuple[str, ...]
    forms: tuple[str, ...]
    meaning: str
    origin: str
    paragraphs: ParagraphsView | None


class Parts:
    """Makes the pieces of one library, each once."""

    def __init__(self, library: Library, citations: Citations) -> None:
        self.library = library
        self.citations = citations
        self._numbers = {expert: n for n, expert in enumerate(library.experts, 1)}
        for name in ("summary", "expert", "claim", "source", "question", "theme", "agreement", "disagreement", "reading", "scale", "changes"):
            setattr(self, name, cache(getattr(self, name)))

    def expert(self, noun: Expert) -> ExpertLink:
        """An expert as a link with a mark."""
        number = self._numbers[noun]
        shape = (number - 1) % SHAPES + 1
        return ExpertLink(slug=noun.slug, name=noun.name, short=noun.short, initials=noun.initials, number=number, shape=shape, url=urls.expert(noun))

    def number(self, noun: Expert) -> int:
        """An expert's place in site order, from 1."""
        return self._numbers[noun]

    def experts(self, nouns: Iterable[Expert]) -> tuple[ExpertLink, ...]:
        """Experts as links, in site order."""
        return tuple(self.expert(noun) for noun in sorted(nouns, key=self._numbers.__getitem__))

    def source(self, noun: Source) -> Link:
        """A source as a link."""
        return Link(text=noun.short, url=urls.source(noun))

    def question(self, noun: Question) -> Link:
        """A question as a link."""
        return Link(text=noun.title, url=urls.question(noun))

    def theme(self, noun: Theme) -> Link:
        """A theme as a link."""
        return Link(text=noun.title, url=urls.theme(noun))

    def paragraphs(self, source: Source, numbers: tuple[int, ...]) -> ParagraphsView:
        """Paragraph numbers as linked runs."""
        links = (Link(text=f"{first}" if first == last else f"{first}–{last}", url=urls.paragraph(source, first)) for first, last in runs(numbers))
        return ParagraphsView(source=self.source(source), runs=tuple(links))

    def claim(self, noun: Claim) -> ClaimView:
        """A claim."""
        return ClaimView(
            id=noun.id,
            reference=noun.reference,
            url=urls.claim(noun),
            expert=self.expert(noun.expert) if noun.expert else None,
            question=self.question(noun.question) if noun.question else None,
            kind=noun.kind,
            whose=noun.whose,
            condition=noun.condition,
            conditions=tuple(self._listed_under(noun)),
            headline=noun.headline.inline_html,
            html=verified_prose(noun.prose, noun.source, noun.paragraphs, self.citations.words),
            themes=tuple(self.theme(theme) for theme in noun.themes),
            paragraphs=self.paragraphs(noun.source, noun.paragraphs),
            citation=self.citation(noun),
            changes=tuple(change for change in self.changes(self.home(noun)) if change.reference == noun.reference),
        )

    def home(self, noun: Claim) -> Answer | Source:
        """The answer in which a claim stands, or the source."""
        answer = self.library.answer(noun.question, noun.expert) if noun.question and noun.expert else None
        return answer or noun.source

    def changes(self, noun: Answer | Source) -> tuple[ChangeView, ...]:
        """The changes of an answer or a source, newest first."""
        return tuple(self._changes(noun)) if noun.changes else ()

    def _changes(self, noun: Answer | Source) -> Iterator[ChangeView]:
        whole: Literal["answer", "source"] = "answer" if isinstance(noun, Answer) else "source"
        if isinstance(noun, Answer):
            reference = f"{noun.question.slug}/{noun.expert.slug}"
            of = Link(text=f"{noun.expert.name}: {noun.question.short}", url=urls.answer(noun.question, noun.expert))
            claims = {claim.id: claim for claim in noun.claims}
        else:
            reference, of = noun.slug, Link(text=noun.title, url=urls.source(noun))
            claims = {claim.id: claim for claim in self.library.background if claim.source is noun}
        for change in noun.changes:
            claim = claims.get(change.claim or "")
            yield ChangeView(
                reference=f"{reference}#{change.claim}" if change.claim else reference,
                of=of,
                url=f"{of.url}#{change.claim or '_changes'}",
                scope="claim" if claim else "removed" if change.claim else whole,
                headline=claim.headline.text if claim else None,
                condition=claim.condition if claim else None,
                whose=claim.whose if claim else None,
                date=change.date,
                what=change.what,
                why=change.why,
                place=(change.claim or "") if change.removed else "",
            )

    def citation(self, noun: Claim) -> CitationView:
        """How a claim is cited."""
        home = urls.answer_citations(noun.question, noun.expert) if noun.question and noun.expert else urls.source_citations(noun.source)
        return CitationView(pieces=self.citations.note(noun), address=self.citations.address(noun), files=citation_files(home))

    def _listed_under(self, noun: Claim) -> Iterator[Link]:
        """The conditions under which a claim is listed; where that says no more than its own wording, it is not said again."""
        for condition in self.library.conditions_by_claim.get(noun, ()):
            is_own = condition.title.casefold() == (noun.condition or "").casefold()
            yield Link(text=self.citations.words("own_wording") if is_own else condition.title, url=urls.condition(condition))

    def claims(self, nouns: Iterable[Claim]) -> tuple[ClaimView, ...]:
        """Claims, in the order given."""
        return tuple(self.claim(noun) for noun in nouns)

    def cell(self, expert: Expert, claims: Iterable[Claim], *, answered: bool) -> CellView:
        """An expert's claims in one place of a comparison, or the reason why there are none."""
        views = self.claims(claims)
        return CellView(expert=self.expert(expert), state="claims" if views else "silent" if answered else "unanswered", claims=views)

    def summary(self, question: Question, expert: Expert) -> SummaryView:
        """An expert's answer to a question in one sentence."""
        answer = self.library.answer(question, expert)
        if answer is None:
            return SummaryView(expert=self.expert(expert), url="", text="", paragraphs=None)
        return SummaryView(
            expert=self.expert(expert),
            url=urls.answer(question, expert),
            text=answer.summary,
            paragraphs=self.paragraphs(answer.source, answer.paragraphs),
        )

    def stance(self, answer: Answer, noun: Stance) -> StanceView:
        """A stance of an answer."""
        return StanceView(
            expert=self.expert(answer.expert),
            scale=self.scale_link(answer.question, noun.scale),
            steps=len(noun.scale.steps),
            placing=self.placing(answer, noun.scale, noun.step, noun.because, noun.paragraphs),
            other=self.other(answer, noun.scale, noun.other),
            second=self.second(answer, noun.scale),
        )

    def placing(self, answer: Answer, scale: Scale, step: int, because: str, numbers: tuple[int, ...]) -> PlacingView:
        """A step of a scale on which an answer is placed."""
        return PlacingView(step=step, sentence=scale.steps[step - 1], because=because, paragraphs=self.paragraphs(answer.source, numbers))

    def other(self, answer: Answer, scale: Scale, noun: OtherStep | None) -> PlacingView | None:
        """Another step that could be defended."""
        return self.placing(answer, scale, noun.step, noun.because, noun.paragraphs) if noun else None

    @cached_property
    def coding(self) -> Coding:
        """The stances that were placed twice."""
        return coding(self.library)

    @cached_property
    def coverage(self) -> dict[Source, list[Coverage]]:
        """The coverage of all testimony, by source."""
        return grouped((part.source, part) for part in coverage(self.library))

    def second(self, answer: Answer, scale: Scale) -> SecondView | None:
        """What a second placing says that the first does not, if anything."""
        cell = self.coding.by_place.get((answer, scale))
        return self._second(cell) if cell and cell.adds else None

    def _second(self, cell: Cell) -> SecondView:
        noun = cell.second
        return SecondView(
            expert=self.expert(noun.expert),
            place="same" if cell.same else "step" if noun.step else "silent",
            step=noun.step,
            because=noun.because,
            paragraphs=self.paragraphs(cell.answer.source, noun.paragraphs) if noun.paragraphs else None,
            other=self.other(cell.answer, noun.scale, noun.other),
        )

    def left_out(self, source: Source, nouns: Iterable[LeftOut]) -> tuple[LeftOutView, ...]:
        """What was left out, with the reasons."""
        return tuple(LeftOutView(paragraphs=self.paragraphs(source, left.paragraphs), because=left.because) for left in nouns)

    def scale_link(self, question: Question, noun: Scale) -> Link:
        """A scale as a link."""
        return Link(text=noun.title, url=urls.scale(question, noun))

    def silent_scales(self, answer: Answer) -> tuple[SilenceView, ...]:
        """The scales of the question on which an answer has no stance."""
        silent = (scale for scale in answer.question.scales if not answer.stance_on(scale))
        return tuple(SilenceView(*self.scale_link(answer.question, scale), second=self.second(answer, scale)) for scale in silent)

    def scale(self, question: Question, noun: Scale, only: tuple[Expert, ...] | None = None) -> ScaleView:
        """A scale with every expert, or with some of them only."""
        stances: list[StanceView] = []
        silent: list[ExpertLink] = []
        unanswered: list[ExpertLink] = []
        seconds: list[SecondView] = []
        for expert in self.library.experts if only is None else only:
            answer = self.library.answer(question, expert)
            stance = answer and answer.stance_on(noun)
            if answer and stance:
                stances.append(self.stance(answer, stance))
            else:
                (silent if answer else unanswered).append(self.expert(expert))
            if answer and (second := self.second(answer, noun)):
                seconds.append(second)
        steps = tuple(
            StepView(
                number=number,
                sentence=sentence,
                stances=tuple(stance for stance in stances if stance.placing.step == number),
                others=tuple(stance for stance in stances if stance.other and stance.other.step == number),
            )
            for number, sentence in enumerate(noun.steps, 1)
        )
        return ScaleView(
            id=noun.id,
            url=urls.scale(question, noun),
            title=noun.title,
            steps=steps,
            stances=tuple(stances),
            silent=tuple(silent),
            unanswered=tuple(unanswered),
            seconds=tuple(seconds),
        )

    def agreement(self, noun: Agreement) -> AgreementView:
        """An agreement."""
        silent, left = self.silent(noun.experts)
        return AgreementView(
            id=noun.slug,
            url=urls.agreement(noun),
            title=noun.title,
            html=noun.prose.html,
            experts=self.experts(noun.experts),
            silent=silent,
            silent_left=left,
            claims=self.claims(noun.claims),
            caution=noun.caution,
            inference=noun.inference,
            across=len({claim.question for claim in noun.claims}) > 1,
        )

    def disagreement(self, noun: Disagreement) -> DisagreementView:
        """A disagreement."""
        silent, left = self.silent(noun.experts)
        return DisagreementView(
            id=noun.slug,
            url=urls.disagreement(noun),
            title=noun.title,
            type=noun.type,
            html=noun.prose.html,
            sides=tuple(
                SideView(holds=side.holds, experts=self.experts({claim.expert for claim in side.claims if claim.expert}), claims=self.claims(side.claims))
                for side in noun.sides
            ),
            experts=self.experts(noun.experts),
            claims=self.claims(noun.claims),
            both_right=noun.both_right,
            silent=silent,
            silent_left=left,
            inference=noun.inference,
            across=len({claim.question for claim in noun.claims}) > 1,
        )

    def reading(self, noun: Reading) -> ReadingView:
        """A reading."""

        def marked(text: str, numbers: tuple[int, ...]) -> Html:
            return verified_text(text, noun.source, numbers, self.citations.words)

        both = (*noun.overview_paragraphs, *noun.paragraphs)
        looked_up = [(quoted.text, quoted.paragraphs) for quoted in noun.quoted if quoted.paragraphs is not None]
        return ReadingView(
            id=noun.slug,
            url=urls.reading(noun),
            title=noun.title,
            experts=self.experts(noun.experts),
            overview=marked(noun.overview, noun.overview_paragraphs),
            overview_paragraphs=self.paragraphs(noun.source, noun.overview_paragraphs),
            quoted=tuple(AttributedView(text=text, paragraphs=self.paragraphs(noun.source, where) if where else None) for text, where in looked_up),
            holds=marked(noun.holds, noun.paragraphs),
            paragraphs=self.paragraphs(noun.source, noun.paragraphs),
            verdict=verdict_name(noun.verdict),
            because=marked(noun.because, both),
            html=verified_prose(noun.prose, noun.source, both, self.citations.words),
            claims=self.claims(noun.claims),
        )

    def readings(self, nouns: Iterable[Reading]) -> tuple[ReadingView, ...]:
        """Readings, in the order given."""
        return tuple(self.reading(noun) for noun in nouns)

    def term(self, noun: Term) -> TermView:
        """A word explained."""
        return TermView(
            id=noun.id,
            url=urls.term(noun),
            term=noun.term,
            also=noun.also,
            forms=forms(noun),
            meaning=noun.meaning,
            origin=noun.origin,
            paragraphs=self.paragraphs(noun.source, noun.paragraphs) if noun.source and noun.paragraphs else None,
        )

    def silent(self, speaking: frozenset[Expert]) -> tuple[tuple[ExpertLink, ...], int]:
        """The first of the experts who do not speak, and how many more there are: with many experts, nearly all are silent on nearly everything."""
        others = list(islice((expert for expert in self.library.experts if expert not in speaking), SILENT_SHOWN))
        return self.experts(others), len(self.library.experts) - len(speaking) - len(others)

    def findings_on(self, question: Question) -> tuple[tuple[AgreementView, ...], tuple[DisagreementView, ...]]:
        """The findings with a claim that answers a question."""
        return (
            tuple(view for noun, view in self.agreements if any(claim.question is question for claim in noun.claims)),
            tuple(view for noun, view in self.disagreements if any(claim.question is question for claim in noun.claims)),
        )

    @cached_property
    def answered_in(self) -> tuple[Link, ...]:
        """The sources in which answers stand."""
        used = {answer.source for answer in self.library.answers}
        return tuple(self.source(source) for source in self.library.sources if source in used)

    @cached_property
    def agreements_by_expert(self) -> dict[Expert, list[AgreementView]]:
        """The agreements of each expert."""
        return grouped((expert, view) for noun, view in self.agreements for expert in noun.experts)

    @cached_property
    def disagreements_by_expert(self) -> dict[Expert, list[DisagreementView]]:
        """The disagreements of each expert."""
        return grouped((expert, view) for noun, view in self.disagreements for expert in noun.experts)

    @cached_property
    def agreements(self) -> tuple[tuple[Agreement, AgreementView], ...]:
        """All agreements, each with its view, in site order."""
        return tuple((noun, self.agreement(noun)) for noun in self.library.agreements)

    @cached_property
    def disagreements(self) -> tuple[tuple[Disagreement, DisagreementView], ...]:
        """All disagreements, each with its view, in site order."""
        return tuple((noun, self.disagreement(noun)) for noun in self.library.disagreements)
