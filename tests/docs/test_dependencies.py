"""Every dependency has its reason."""

import json
import re
import tomllib

from tests.docs.pages import first_cells, page, rows, section


def test_every_dependency_is_named_once_with_its_reason() -> None:
    text = page("docs/dependencies.md")
    project = tomllib.loads(page("pyproject.toml"))
    built = {*project["build-system"]["requires"], *page("requirements/build.in").splitlines()}
    built = {line for line in built if line and not line.startswith("#")}
    manifest = json.loads(page("package.json"))
    player = {**manifest.get("dependencies", {}), **manifest["devDependencies"]}
    benches = ("fanout_parts", "player_parts")
    manifests = [json.loads(page(f"bench/{bench}/node/package.json")) for bench in benches]
    peers = {name for each in manifests for name in each["dependencies"]}
    wanted = {
        "## To run it": names(project["project"]["dependencies"]),
        "## To work on it": names(project["dependency-groups"]["dev"]),
        "## To build it": sorted(set(names(built))),
        "## For the player": sorted(player),
        "## To measure against": sorted(peers),
        "## Vendored": sorted(json.loads(page("static/vendor/versions.json"))),
    }
    for heading, there in wanted.items():
        assert sorted(first_cells(section(text, heading))) == sorted(there), heading
        assert all(row[1] for row in rows(section(text, heading))), heading


def names(requirements: "list[str] | set[str]") -> list[str]:
    """The packages of requirements such as python-socketio[client]>=5.14."""
    found = [re.match(r"[A-Za-z0-9._-]+", each) for each in requirements]
    return [match[0] for match in found if match]
