from pathlib import Path

import pytest

from sayso.errors import VocabError
from sayso.vocab.gazetteer import (
    EntryKind,
    JoinedGazetteer,
    PackedGazetteer,
    fold,
    load_gazetteer,
)
from sayso.vocab.gazetteer_files import (
    load_geonames_dump,
    load_own_places,
    load_places_file,
)

HEAD = "id,name,lat,lon,names,kind,country,population\n"


def ids(gazetteer, name):
    return [entry.gazetteer_id for entry in gazetteer.find(name)]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Gambia", "gambia"),
        ("St. Louis", "saint louis"),
        ("Port-au-Prince", "port au prince"),
        ("N'Djaména", "ndjamena"),
        ("The", "the"),
    ],
)
def test_folds_names_to_one_form(name, folded):
    assert fold(name) == folded


def test_shipped_knows_towns_units_states_and_seas():
    gazetteer = load_gazetteer()
    kinds = {entry.kind for entry in gazetteer.find("Gao")}
    assert {EntryKind.CITY, EntryKind.ADMIN1} <= kinds
    assert gazetteer.find("Mali")[0].country == "MLI"
    assert "sayso:red-sea" in ids(gazetteer, "Red Sea")
    assert gazetteer.find("Gao region") == ()


def test_every_row_has_a_point_and_a_source():
    for name in ("Springfield", "Donbas", "Kashgar", "Rapides Parish", "EU"):
        for entry in load_gazetteer().find(name):
            assert -90 <= entry.lat <= 90
            assert -180 <= entry.lon <= 180
            assert entry.radius_km >= 1
            assert entry.source


def test_abbreviations_keep_their_case():
    gazetteer = load_gazetteer()
    assert "USA" in {entry.country for entry in gazetteer.find("U.S.")}
    assert "USA" not in {entry.country for entry in gazetteer.find("us")}
    assert gazetteer.find("Calif.")[0].admin1 == "California"


def test_demonyms_are_no_places():
    gazetteer = load_gazetteer()
    assert gazetteer.country_of("Malians") == "MLI"
    assert gazetteer.country_of("Mali") is None


def test_missing_folder_is_told(tmp_path):
    with pytest.raises(VocabError, match="no gazetteer"):
        PackedGazetteer(tmp_path / "nowhere")


def test_reads_csv(tmp_path):
    rows = "x1,Harrow Camp,12.5,-3.25,Camp Harrow|the camp,point,MLI,\n"
    gazetteer = load_places_file(write(tmp_path, "own.csv", HEAD + rows))
    entry = gazetteer.find("camp harrow")[0]
    assert (entry.lat, entry.lon, entry.country) == (12.5, -3.25, "MLI")
    assert entry.source == "own.csv"


def test_reads_geojson(tmp_path):
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","id":"x1",'
        '"geometry":{"type":"Point","coordinates":[-3.25,12.5]},'
        '"properties":{"name":"Harrow Camp","kind":"city","population":10}}]}'
    )
    entry = load_places_file(write(tmp_path, "own.geojson", text)).find("Harrow Camp")[
        0
    ]
    assert (entry.lat, entry.lon, entry.kind) == (12.5, -3.25, EntryKind.CITY)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("x1,Harrow,91,0,,,,\n", r"own\.csv:2: lat 91 is not on the globe"),
        ("x1,Harrow,0,-181,,,,\n", r"own\.csv:2: lon -181 is not on the globe"),
        ("x1,Harrow,nan,0,,,,\n", r"own\.csv:2: lat nan"),
        ("x1,Harrow,north,0,,,,\n", r"own\.csv:2: lat 'north' is no number"),
        ("x1,Harrow,1,2,,,,\nx2,Low,1\n", r"own\.csv:3: not as many cells"),
        ("x1,Harrow,1,2,,castle,,\n", r"own\.csv:2: kind 'castle' is unknown"),
        ("x1,Harrow,1,2,,,Mali,\n", r"own\.csv:2: country 'Mali'"),
        ("x1,Harrow,1,2,,,,-5\n", r"own\.csv:2: population '-5'"),
        ("x1,,1,2,,,,\n", r"own\.csv:2: no name"),
        ("", r"own\.csv: no place in it"),
    ],
)
def test_names_file_and_line_of_a_bad_row(tmp_path, rows, told):
    with pytest.raises(VocabError, match=told):
        load_places_file(write(tmp_path, "own.csv", HEAD + rows))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("own.csv", "id,name\n", r"own\.csv:1: no column 'lat'"),
        ("own.json", "{", r"own\.json: no GeoJSON"),
        ("own.json", '{"features":[{"geometry":null}]}', r"feature 1: malformed"),
        (
            "own.json",
            '{"features":[{"geometry":{"type":"LineString","coordinates":[1,2]},'
            '"properties":{}}]}',
            r"feature 1: no point",
        ),
    ],
)
def test_tells_files_of_the_wrong_shape(tmp_path, name, text, told):
    with pytest.raises(VocabError, match=told):
        load_places_file(write(tmp_path, name, text))


def dump_row(**cells):
    row = {0: "7", 1: "Harrow", 3: "Haro", 4: "12.5", 5: "-3.25", 6: "P", 7: "PPL"}
    row |= {8: "ML", 10: "09", 14: "800"} | {int(k[1:]): v for k, v in cells.items()}
    return "\t".join(row.get(number, "") for number in range(19)) + "\n"


def test_reads_a_geonames_dump(tmp_path):
    text = dump_row() + dump_row(c0="8", c1="Low", c14="20")
    path = write(tmp_path, "ML.txt", text)
    gazetteer = load_geonames_dump(path, {"ML": "MLI"}, min_people=100)
    entry = gazetteer.find("Haro")[0]
    assert (entry.gazetteer_id, entry.country) == ("geonames:7", "MLI")
    assert gazetteer.find("Low") == ()


def test_names_the_line_of_a_bad_dump_row(tmp_path):
    path = write(tmp_path, "ML.txt", dump_row() + dump_row(c4="95"))
    with pytest.raises(VocabError, match=r"ML\.txt:2: lat 95"):
        load_geonames_dump(path, {})
    path = write(tmp_path, "ML.txt", "7\tHarrow\n")
    with pytest.raises(VocabError, match=r"ML\.txt:1: 2 columns, 19 expected"):
        load_geonames_dump(path, {})


def test_a_users_rows_come_first(tmp_path):
    own = load_places_file(
        write(tmp_path, "own.csv", HEAD + "geonames:2457161,Gao,1,2,,city,MLI,\n")
    )
    joined = JoinedGazetteer([own, load_gazetteer()])
    gao = next(e for e in joined.find("Gao") if e.gazetteer_id == "geonames:2457161")
    assert (gao.lat, gao.lon) == (1, 2)
    assert len(joined.find("Gao")) == len(load_gazetteer().find("Gao"))
    assert joined.country_of("Malian") == "MLI"


def test_the_ending_tells_which_gazetteer_a_users_file_is(tmp_path):
    table, dump, odd = (tmp_path / name for name in ("own.csv", "ML.txt", "own.xlsx"))
    table.write_text("id,name,lat,lon\nx1,Tersa,12.1,3.4\n", "utf-8")
    cells = ["7", "Tolm", "Tolm", "", "12.5", "3.2", "P", "PPL", "ML", "", "04"]
    cells += ["", "", "", "900", "", "", "Africa/Bamako", "2020-01-01"]
    dump.write_text("\t".join(cells) + "\n", "utf-8")
    odd.write_text("", "utf-8")

    assert load_own_places(table).find("Tersa")[0].gazetteer_id == "x1"
    assert load_own_places(dump).find("Tolm")[0].country == "MLI"
    with pytest.raises(VocabError, match=r"\.xlsx is no kind"):
        load_own_places(odd)
