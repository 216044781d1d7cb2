"""Little sites that stretch the design: few experts and many, few questions and many, a very long name, Korean throughout.

Made by `bench/synthetic.py`, so they are valid and the same each time. They hold the templates to more than the shipped content does.
"""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from bench.synthetic import Size, Speech, write_project

LONG_NAME = "Wilhelmina Maximiliana Alexandrina Featherstonehaugh-Cholmondeley van der Bergen"
assert len(LONG_NAME) == 80

KOREAN_PEOPLE = ("김민준", "이서연", "박지훈", "최수빈", "정하은", "강도윤")
KOREAN_WORDS = (
    *("심야 버스", "도시의 그늘", "골목 상권", "대중교통 요금", "가로수 관리", "시민 참여", "공공 도서관", "폭염 대책", "보행자 거리", "지역 화폐"),
    *("자전거 도로", "주차장 개방", "마을 회관", "물놀이터", "배달 노동자", "임대 주택", "재활용 정거장", "학교 급식", "도심 녹지", "빈집 정비"),
)
KOREAN_CLAUSES = (
    "심야 버스는 일하는 사람의 귀갓길을 지킨다",
    "요금을 낮추면 버스를 타는 사람이 늘어난다",
    "가로수 그늘은 한낮의 거리 온도를 크게 낮춘다",
    "도서관은 더위를 피하는 가장 가까운 쉼터가 된다",
    "예산이 줄어들면 외곽 노선이 가장 먼저 사라진다",
    "상인들은 차 없는 거리를 처음에는 반기지 않는다",
    "자치구마다 사정이 달라 같은 기준을 쓰기 어렵다",
    "시민이 직접 고른 정류장은 더 오래 쓰인다",
)
KOREAN_SENTENCES = (
    "새벽에 일을 마치는 사람들은 택시 말고는 집으로 돌아갈 방법이 없다고 말한다.",
    "시는 올해 여름이 오기 전에 그늘막을 삼백 곳에 더 세우겠다고 밝혔다.",
    "그러나 나무가 자라 그늘을 만들기까지는 적어도 십 년이 걸린다.",
    "요금만 낮추고 배차 간격을 그대로 두면 승객은 거의 늘지 않을 것이다.",
    "작은 도서관은 늦은 밤까지 문을 열 사람을 구하지 못하고 있다.",
    "이웃 도시에서는 빈 주차장을 밤에만 주민에게 열어 좋은 반응을 얻었다.",
    "노선 하나를 없애면 학교와 병원을 오가는 노인들이 가장 크게 불편해진다.",
    "먼저 작은 동네 한 곳에서 시험해 보고 그 결과에 따라 넓혀 가는 편이 낫다.",
    "그늘이 있는 길과 없는 길의 체감온도는 한여름 오후에 십 도까지 벌어진다.",
    "비용을 누가 부담할지 정하지 않은 계획은 선거가 끝나면 쉽게 잊힌다.",
)
"""No comma and no colon, so that they can stand anywhere in YAML as they are."""


class LongNamed(Speech):
    """Invented words, and a first expert whose name has eighty characters."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.first = ""

    def person(self, slug: str) -> str:
        """The first of them has the long name."""
        self.first = self.first or slug
        return LONG_NAME if slug == self.first else super().person(slug)

    def short(self, slug: str) -> str:
        """A family name that no line of a phone can be broken before."""
        return "Featherstonehaugh-Cholmondeley" if slug == self.first else super().short(slug)


class Korean(Speech):
    """Korean in place of invented words; slugs stay as they are."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.called: dict[str, str] = {}
        self.people, self.terms = iter(KOREAN_PEOPLE), cycle(KOREAN_WORDS)

    def person(self, slug: str) -> str:
        """The next Korean name."""
        return self.called.setdefault(slug, next(self.people))

    def short(self, slug: str) -> str:
        """A person's name as it is; for anything else the next word."""
        return self.called.setdefault(slug, next(self.terms))

    def condition(self) -> str:
        """With its *if*, as Korean has it: at the end of the verb."""
        return "예산이 지금 수준으로 유지된다면"

    def phrase(self, least: int, most: int) -> str:  # noqa: ARG002  # Korean has no use for a longest
        """A few words, or a clause where more are asked for."""
        return self.random.choice(KOREAN_WORDS if least < 4 else KOREAN_CLAUSES)

    def sentence(self, least: int = 8, most: int = 20) -> str:  # noqa: ARG002  # as above
        """A sentence."""
        return self.random.choice(KOREAN_SENTENCES)


def _size(experts: int, questions: int) -> Size:
    """A small panel: enough claims that some themes are met with silence."""
    return Size(experts=experts, questions=questions, findings=3, themes=4, claims=3, terms=4, events=3)


def panels() -> Iterator[tuple[str, Size, Speech]]:
    """Every panel, with a name for it."""
    yield "two-experts", _size(2, 2), Speech(1)
    yield "twelve-experts", _size(12, 2), Speech(2)
    yield "one-question", _size(4, 1), Speech(3)
    yield "ten-questions", _size(3, 10), Speech(4)
    yield "long-name", _size(3, 2), LongNamed(5)
    yield "korean", _size(4, 2), Korean(6)


PANELS = tuple(name for name, _, _ in panels())


def make_panel(folder: Path, name: str) -> Path:
    """A project in `folder` with the panel of that name, and the real templates."""
    size, speech = next((size, speech) for panel, size, speech in panels() if panel == name)
    write_project(folder, size, speech)
    return folder
