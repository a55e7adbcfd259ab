"""What the wall's page asks for: one script with all that it imports, one sheet of styles."""

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from signage.places import place
from signage.web import joined
from signage.web.shell import WORKER, shell

MOST = 80 * 1024
"""Bytes of script for a wall, compressed."""
STATIC = place("static")
SCRIPT, TOOLS, SHEET = (STATIC / "wall" / name for name in ("main.js", "tools.js", "wall.css"))
IMPORTS = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """An entry, what it imports in each way that is known, and what comes later."""
    texts = {
        "first.js": 'import { both, kept as had } from "./kept.js";\n'
        'import * as all from "./kept.js";\n'
        'const later = () => import("./later.js");\nwindow.first = [both, had, all, later];\n',
        "kept.js": "export const kept = new Map();\nexport function both() {\n  return kept;\n}\n"
        'import { small } from "../vendor/small.js";\nsmall();\n',
        "later.js": 'import { kept } from "./kept.js";\nimport { own } from "./own.js";\n'
        "export class Later {\n  has = [kept, own];\n}\n",
        "own.js": "export async function own() {}\n",
    }
    folder = tmp_path / "wall"
    folder.mkdir()
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "small.js").write_text("function e(){}export{e as small};\n")
    for name, text in texts.items():
        (folder / name).write_text(text)
    return folder


def sent(first: Path, entry: Path) -> str:
    """As it goes out."""
    return joined._script(first, entry).decode()


def test_modules_stand_before_those_that_need_them(modules: Path) -> None:
    text = sent(modules / "first.js", modules / "first.js")

    assert text.index("small: e") < text.index("return { kept, both }") < text.index("window.first")
    assert "const { both, kept: had } = module_1;" in text
    assert "const all = module_1;" in text
    assert IMPORTS.findall(text) == ["export { module_0, module_1 };"]


def test_what_comes_later_takes_what_is_there_already(modules: Path) -> None:
    text = sent(modules / "first.js", modules / "later.js")

    assert IMPORTS.findall(text) == [
        'import { module_0, module_1 } from "./first.js";',
        "export class Later {",
    ]
    assert "new Map" not in text
    assert "async function own" in text


def test_a_way_to_import_that_is_not_known_is_told(modules: Path) -> None:
    (modules / "own.js").write_text('import all from "./kept.js";\n')

    with pytest.raises(ValueError, match=r"own\.js"):
        sent(modules / "first.js", modules / "later.js")


def test_the_wall_gets_all_its_modules_in_one(client: FlaskClient) -> None:
    page = client.get("/wall").text
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', page)
    assert [src.rpartition("/")[2] for src in scripts] == ["guard.js", "main.js"]

    text = client.get(scripts[-1]).text

    assert text == joined.sent(SCRIPT).decode()
    assert not re.search(r"^import\b(?!\()", text, re.MULTILINE)
    assert 'from "./main.js"' in joined.sent(TOOLS).decode()
    for name in ("Player", "Stage", "Connection", "scaleLinear"):
        assert re.search(rf"return \{{ .*\b{name}\b", text), name


def test_the_sheet_has_its_parts_in_their_layers(client: FlaskClient) -> None:
    text = client.get("/static/wall/wall.css").text

    assert "@import" not in text
    for part in (STATIC / "wall" / "css").glob("*.css"):
        assert part.read_text("utf-8") in text


def test_a_part_that_changes_changes_what_it_stands_in(client: FlaskClient) -> None:
    told = client.get("/static/wall/main.js")

    assert told.headers["ETag"] == client.get("/static/wall/dom.js").headers["ETag"]
    had = {"If-None-Match": told.headers["ETag"]}
    with client.get("/static/wall/main.js", headers=had) as again:
        assert again.status_code == 304


def test_a_wall_keeps_what_its_page_asks_for(client: FlaskClient) -> None:
    page = client.get("/wall").text
    kept = {path for path, _ in shell().files}

    asked = {path.partition("/")[2] for path in re.findall(r'="/static/v-([^"]+)"', page)}
    assert asked <= kept
    assert "wall/tools.js" in kept
    assert "wall/dom.js" not in kept


def test_all_that_a_wall_runs_stays_small() -> None:
    kept = [path for path, _ in shell().files if path.endswith(".js")] + [WORKER]
    sizes = {path: len(gzip.compress(joined.sent(STATIC / path))) for path in kept}

    assert sum(sizes.values()) <= MOST, sizes
