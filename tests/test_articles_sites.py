"""What a producer says of one site, beside show.toml."""

from pathlib import Path

import pytest

from newscast.articles.extraction.extract import document_of, extract
from newscast.articles.page import Page, Read
from newscast.errors import ShowError

PAGE = """<html lang="id"><head><title>Warga Menanam Bakau</title>
<link rel="canonical" href="https://www.kabar.example/bakau"></head><body>
<h1>Warga Menanam Bakau</h1>
<div class="lain"><p>Panen raya padi berlangsung meriah di kecamatan sebelah sejak Senin lalu.</p></div>
<div class="isi"><p>Puluhan warga menanam bakau di sepanjang pantai desa mereka untuk menahan abrasi laut.</p>
<p class="kotak">Bibit bakau yang ditanam itu dibeli dari koperasi milik desa sebelah.</p>
<p>Laporan warga dikirim oleh pembaca setia kami dari desa di tepi pantai utara.</p>
<p>Kepala desa mengatakan penanaman akan diteruskan setiap bulan sampai akhir tahun ini.</p></div>
</body></html>"""
FILE = 'body = ".isi"\ndrop = [".kotak"]\ndrop_text = ["^laporan warga"]\n'


def read(sites: Path | None) -> Read:
    page = Page(url="", content=PAGE.encode(), media_type="text/html", charset="utf-8")
    return extract(document_of(page), sites=sites)


@pytest.mark.parametrize("name", ["kabar.example.toml", "www.kabar.example.toml"])
def test_a_site_file_says_what_the_article_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILE)
    told = read(tmp_path)
    starts = [paragraph.text.split()[0] for paragraph in told.article.paragraphs]
    assert starts == ["Puluhan", "Kepala"]
    assert {d.rule for d in told.dropped} >= {"site: .kotak", "site: ^laporan warga"}


def test_without_one_the_general_rules_read_it_all(tmp_path: Path) -> None:
    (tmp_path / "lain.example.toml").write_text(FILE)
    assert len(read(tmp_path).article.paragraphs) == len(read(None).article.paragraphs) == 5


@pytest.mark.parametrize("bad", ['body = "..isi"', 'drop_text = ["("]', 'bodi = ".isi"', "body"])
def test_a_bad_site_file_is_named(tmp_path: Path, bad: str) -> None:
    (tmp_path / "kabar.example.toml").write_text(bad)
    with pytest.raises(ShowError, match=r"kabar\.example\.toml"):
        read(tmp_path)
