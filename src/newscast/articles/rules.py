"""A line of an Indonesian news page -> what it is there for: ordered tables of (pattern, name, why).

The first rule that matches decides. No pattern nests one unbounded repetition in another, so none backtracks badly.
"""

# ruff: noqa: E501

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """name: what `--explain` shows."""

    pattern: re.Pattern[str]
    name: str
    why: str


def _rule(name: str, why: str, pattern: str, flags: int = re.IGNORECASE) -> Rule:
    return Rule(re.compile(pattern, flags), name, why)


_LOOK = r"(?:baca|simak|lihat|tonton|saksikan|dengarkan|cek|klik|intip|nonton)"
_ALSO = r"(?:juga|pula|selengkapnya|lebih lanjut|selanjutnya|berikutnya|lainnya)"

#: Cut out of a line; what is left goes on. Order matters: tails are cut before codes.
CUTS = (
    _rule(
        "embed marker",
        "a placeholder that no script filled",
        r"\[(?:gambas|embed|caption|video|foto|gallery|ad)[:_ ][^\]]{0,200}\]|\[/?(?:embed|caption|gallery)\]",
    ),
    _rule(
        "ad marker",
        "detik, CNN and others put it between paragraphs",
        r"\b(?:advertisement\s*)?scroll (?:to (?:resume|continue(?: with)?) content|ke bawah untuk (?:melanjutkan|lanjut) membaca)\b|^advertisement\b",
    ),
    _rule(
        "related link",
        "`(Baca juga: ...)` inside a paragraph",
        rf"\(\s*{_LOOK}(?:\s+{_ALSO})?\s*:[^()]{{0,250}}\)|\[\s*{_LOOK}(?:\s+{_ALSO})?\s*:[^\[\]]{{0,250}}\]",
    ),
    _rule(
        "related link",
        "glued to the end of a paragraph",
        rf"(?<=[.!?\"”)])\s*(?:{_LOOK}\s+{_ALSO}\b|{_LOOK}\s*:|pilihan editor:|artikel terkait:).{{0,250}}$",
    ),
    _rule(
        "credits",
        "glued to the end of a paragraph",
        r"(?<=[.!?\"”)])\s*(?:\(?sumber|editor|penulis|reporter|pewarta|redaktur|kontributor|uploader)\s*:\s*.{1,90}$",
    ),
    _rule(
        "syndication",
        "where the text was first printed",
        r"(?<=[.!?\"”)*])\s*(?:artikel|berita|tulisan|konten) ini (?:telah|sudah|pernah|pertama kali|sebelumnya) (?:di)?(?:tayang|terbit|muat|publikasi)\w*.{0,400}$",
    ),
    _rule("closing mark", "the end, in print", r"(?<=[.!?\"”)])\s*(?:\*{1,5}|\(\*+\)|#{2,5}|■|□|\[\*\])\s*$"),
    _rule(
        "more",
        "a link's text",
        r"(?<=[.!?\"”)])\s*(?:selengkapnya|baca selengkapnya|read more|lanjutkan membaca)\s*(?:>+|»|\.\.\.|…)?\s*$",
    ),
)

#: Initials of writer and editor. It ends the article.
CLOSING_CODE = re.compile(
    r"(?:(?<=[.!?\"”’'…)])|^)\s*[(\[]\s*(?:[a-z]{1,8}\d{0,2}(?:\s*[/|-]\s*[a-z0-9.]{1,12}){1,3}|[a-z]{2,4}|[A-Z]{1,2}-\d{1,2}|"
    r"[A-Z]{2,4}(?:/[A-Za-z]{1,12}){0,2}|[A-Z][a-z]{1,9}/[A-Za-z]{1,10}|ant(?:ara)?|Ant|Antara|ANTARA|R-?\d{1,3})\s*[)\]]\s*[.*]{0,3}$"
)

#: A picture's words: dropped when short, one sentence and with one of these at the end or start.
CREDIT = re.compile(
    r"(?i:\((?:foto|photo|dok\b|dok\.|dokumentasi|doc\b|istimewa|ist\b|pixabay|unsplash|pexels|freepik|shutterstock|getty|"
    r"reuters|afp|ap photo|ap/|epa|xinhua|antara ?foto|antara/|antaranews|istockphoto|thinkstock|screenshot|tangkapan layar|"
    r"youtube|instagram|twitter|facebook|ig/|bpmi|biro pers|[\w.]+\.com/|[\w.]+\.co\.id/|[\w.]+\.id/|[\w. ]{2,30}/[\w. ]{2,40}\))[^()]{0,120}\)?\.?$"
    r"|(?:^|[.\s(|/])(?:foto|photo|sumber foto|sumber gambar|image|gambar|ilustrasi|kredit foto|credit|photo by)\s*:\s*[^:]{2,90}$"
    r"|^(?:foto|photo|ilustrasi|gambar|infografis|grafis)\s*[:/|-]\s"
    r"|[©ⓒ]\s?[^.]{1,90}(?:\.\w{2,4}[^.]{0,60})?$"
    r"|(?:getty images|shutterstock|istockphoto|pixabay|freepik|unsplash|antara foto|afp photo|ap photo)(?:[/ ][\w. @/-]{0,60})?\)?\.?$"
    r"|\w/(?:antara|reuters|afp|xinhua|dok\w*|istimewa|detikcom|detik\.com|tempo|kompas|ist)\)?\.?$)"
)

#: The article is over, unless much of it follows.
ENDS = (
    _rule(
        "end: tags",
        "labels of the archive",
        r"^(?:#?\s*tags?|topik(?: terkait| populer)?|kata kunci|label|tag terkait|tags? (?:berita|artikel)|topics?)\s*:?$|^(?:tags?|topik|topics?|label)\s*:\s*\S",
    ),
    _rule(
        "end: comments",
        "readers, not the writer",
        r"^(?:\d+ )?(?:komentar(?: pembaca| anda| \(\d+\))?|comments?(?: \(\d+\))?|tulis komentar\w*|beri komentar|tinggalkan (?:komentar|balasan)|leave a (?:comment|reply)|kolom komentar|silakan login untuk .{0,40}|kirim komentar)\s*:?$",
    ),
    _rule(
        "end: share",
        "buttons",
        r"^(?:share|bagikan|shares?|sebarkan|bagikan (?:artikel|berita|ini|ke)\b.{0,30}|share (?:this|on|to)\b.{0,30})\s*:?$",
    ),
    _rule(
        "end: copyright",
        "not the article's words",
        r"^\W*(?:copyright\b|hak cipta|©|\(c\) ?\d{4}).{0,160}$|\ball rights? reserved\b",
    ),
    _rule(
        "end: credits",
        "who wrote and edited it",
        r"^\W*(?:editor|penulis|reporter|pewarta|redaktur|kontributor|wartawan|jurnalis|penyunting|penerjemah|uploader|produser|fotografer|rep|red|oleh|by|author|laporan|source|sumber(?: berita| artikel)?)(?: ?(?:&|dan|/) ?\w+)?\s*[:|]\s*.{0,90}$",
    ),
    _rule(
        "end: credits",
        "a label whose name stands in the next line",
        r"^(?:penulis|editor|reporter|pewarta|redaktur|tim redaksi|sumber)$",
    ),
    _rule(
        "end: lists",
        "other articles",
        r"^\W*(?:(?:berita|artikel|konten|video|foto)? ?(?:ter?populer|terkini|terbaru|pilihan|rekomendasi|utama|lainnya|lain|trending|most (?:popular|viewed|commented)|terpopuler hari ini|terkomentari|paling (?:banyak )?(?:dibaca|dicari|populer))|(?:berita|artikel) \w+ (?:lainnya|terkini|terpopuler|terbaru)|pilihan (?:editor|redaksi|untukmu|untuk anda)|rekomendasi(?: untuk ?mu| untuk anda)?|for you|untuk ?mu|jangan lewatkan|jangan sampai ketinggalan|terpopuler di .{1,20}|indeks|video (?:terpopuler|pilihan|terkini).{0,30}|most popular|editor'?s? picks?|recommended.{0,30}|trending now|you may also like|you might also like|dari(?: media)? jaringan|berita (?:daerah|nasional|video)|viral hari ini|headlines?|hot topics?|top news|info lainnya|suggested for you|close ads.*|fokus berita)\W*$",
    ),
)

#: Heads a list of other articles, which may stand in the middle of this one.
LABELS = (
    _rule(
        "related list",
        "headlines follow it",
        rf"^\W*(?:(?:berita|artikel|konten|bacaan|topik|foto|video) (?:terkait|sebelumnya|selanjutnya|menarik lainnya|serupa|lainnya)(?: .{{0,25}})?|{_LOOK} (?:juga|pula)(?: (?:berita|artikel|video)(?: \w+)?)?|terkait|related (?:articles?|news|posts?|stories|topics)|pilihan redaksi|lainnya|berikutnya|sebelumnya|lihat semua|lihat lainnya|simak (?:berita|artikel) lainnya|artikel menarik.{{0,30}})\s*:?$",
    ),
)

_APPS = (
    r"(?:google ?news|whats ?app|\bwa\b|telegram|line today|aplikasi|newsletter|google play|play ?store|app ?store|you ?tube|instagram|"
    r"facebook|twitter|tik ?tok|threads|breaking news|berita (?:terkini|terbaru|pilihan|lainnya|menarik|terhangat|update|up to date)|"
    r"artikel (?:lainnya|lain|menarik)|konten menarik|(?:di|lewat|klik|melalui) (?:link|tautan|sini)|disini|di sini|kanal|channel|saluran|"
    r"notifikasi|push notif|berlangganan|e-?paper|update (?:berita|informasi)|info(?:rmasi)? (?:terkini|terbaru|menarik)|situs (?:resmi )?kami|"
    r"[\w-]+\.(?:com|co\.id|id)\b|langganan)"
)

#: The whole line goes.
LINES = (
    _rule("related link", "another article", rf"^\W*{_LOOK}(?:\s+{_ALSO})?(?:\s+\w+)?\s*[:>»]"),
    _rule("related link", "another article", rf"^\W*{_LOOK}\s+(?:juga|pula)\b(?!.*[.]$)"),
    _rule(
        "related link",
        "another article",
        rf"^\W*(?:{_LOOK}\s+)?(?:selanjutnya|selengkapnya|berita sebelumnya|artikel sebelumnya|berita terkait|artikel terkait|artikel lain|terkait|related|read also|also read|see also|next|prev(?:ious)?)\s*[:>»]",
    ),
    _rule(
        "video teaser",
        "what cannot be seen is not announced",
        rf"^\W*{_LOOK}(?:\s+(?:juga|yuk|di|live|langsung|selengkapnya))*\s+(?:video|live|tayangan|infografis|podcast|foto-foto|galeri|breaking news)\b.{{0,220}}$",
    ),
    _rule(
        "video teaser",
        "what cannot be seen is not announced",
        r"^(?:video|foto|infografis|podcast|live(?: streaming)?|grafis)\s*[:|]\s.{0,200}$",
    ),
    _rule(
        "next page",
        "a button",
        r"^\W*(?:(?:ke )?halaman(?: \d+)?(?: (?:selanjutnya|berikutnya|sebelumnya|berikut))?|(?:selanjutnya|next|prev|previous|berikutnya|sebelumnya|lanjut(?:kan)?|show all|tampilkan semua|lihat semua|baca semua|semua halaman|all|single page|last|first|pertama|terakhir)(?: (?:page|halaman))?|(?:halaman|page|laman)?\s*:?\s*\d{1,2} ?(?:dari|of|/) ?\d{1,2}(?: halaman)?|(?:halaman|page|laman) ?:?(?: ?\d{1,2})+|\d{1,2}|baca selanjutnya\b.{0,120}|(?:berita|baca) selengkapnya (?:di|ada di|klik|baca)\b.{0,60}|baca (?:di )?halaman (?:selanjutnya|berikutnya|\d).{0,60})\W*$",
    ),
    _rule(
        "next page",
        "a button in a sentence's clothes",
        r"^(?:simak|baca|lihat|lanjut|berita|artikel|informasi)\b.{0,60}\b(?:di|ke|pada) halaman (?:selanjutnya|berikutnya|berikut|dua|2)\b.{0,20}$",
    ),
    _rule(
        "button",
        "part of the page",
        r"^\W*(?:share|bagikan|shares|tweet|like|suka|simpan|save|print|cetak|copy ?link|salin(?: tautan| link)?|tautan (?:telah )?disalin|link copied.{0,10}|dengarkan(?: artikel| berita)?(?: ini)?|listen|a[+-]|font size|ukuran (?:font|huruf|teks).{0,20}|perbesar|perkecil|perbesar gambar|zoom|close|tutup|search|cari|login|log in|sign in|masuk|daftar|register|menu|home|beranda|facebook|twitter|x|whats ?app|wa|line|telegram|instagram|youtube|tiktok|linkedin|pinterest|email|e-mail|messenger|follow(?: us)?|ikuti kami|back to top|go top|kembali ke atas|scroll to top|skip to (?:main )?content|pergi ke \w+.{0,60}|gulir (?:ke bawah )?untuk.{0,40}|lewati.{0,30}|play|pause|mute|loading\W*|memuat\W*|lihat foto|galeri|\d+ ?/ ?\d+ ?foto|buka foto|klik untuk.{0,40}|selengkapnya|lihat selengkapnya|baca selengkapnya|read more|lihat detail|detail|(?:text|teks) (?:to speech|besar|kecil).{0,20}|pilih bahasa|bahasa|english|laporkan.{0,30}|kirim|batal|ok|ya|tidak|setuju|ganti|preview|report|views?|dilihat|hits|dibaca|komentar|comments?)[^\w.!?\"”’]*$",
    ),
    _rule(
        "counter",
        "how many read, liked or shared it",
        r"^\W*[\d.,]+ ?[kmrbjt]{0,3} ?\W?(?:views?|kali|x|shares?|komentar|comments?|likes?|pembaca|dibaca|dilihat|hits|tayangan|menit (?:baca|membaca|read)|min(?:ute)?s? read)\b.{0,40}$|^(?:dibaca|dilihat|views?|hits?|waktu baca|reading time)\s*:?\s*[\d.,]+.{0,30}$",
    ),
    _rule(
        "ad marker",
        "sold space",
        r"^\W*(?:advertisement|advertisment|advertorial|ads|adv|iklan|sponsored(?: content| by.{0,40})?|promoted(?: content)?|pariwara|ads by.{0,20}|close ads?.{0,20}|iklan untuk anda.{0,120}|powered by.{0,40}|advertisement by.{0,40}|remove ads|report this ad|lanjutkan membaca di bawah iklan|konten (?:ini )?sponsor.{0,30}|artikel ini merupakan (?:kerja ?sama|konten).{0,120})\W*$",
    ),
    _rule(
        "embedded post",
        "a post of a network, not the article",
        r"^(?:lihat postingan ini di instagram|view this post on instagram|sebuah kiriman (?:dibagikan|bersama).{0,160}|a post shared by.{0,160}|sebuah kiriman.{0,30}|a video posted by.{0,160}|tweets? by .{1,60}|pic\.twitter\.com/\S+|@[\w.]{2,40}(?: .{0,40}♬.{0,120})?|♬.{0,120}|— .{1,60}\(@\w{1,30}\).{0,60}|&mdash; .{1,60}\(@\w{1,30}\).{0,60}|embed from getty.{0,30}|posted by .{1,80}|kiriman dibagikan oleh .{1,100})$",
    ),
    _rule(
        "follow us",
        "an invitation to the site's channels",
        rf"^\W*(?:(?:yuk|ayo|silakan|silahkan|jangan lupa|mari|anda (?:juga )?bisa|kamu (?:juga )?bisa|untuk|segera|nah|sobat \w+|halo|tertarik|ingin|mau|dan)\W+(?:\w+\W+){{0,4}})?(?:ikuti|follow|gabung|bergabung\w*|dapatkan|cek|simak|klik|download|unduh|subscribe|langganan|berlangganan|baca|temukan|kunjungi|saksikan|nonton|install|update|pantau|akses|like|nikmati|jadilah|daftar\w*|aktifkan|sign up)\b.{{0,260}}{_APPS}.{{0,200}}$",
    ),
    _rule(
        "follow us",
        "an invitation to the site's channels",
        r"^.{0,200}\b(?:google news (?:kami|dan|di|untuk|\w+\.\w+)|(?:whatsapp|wa|telegram) (?:channel|grup|group|kami)|saluran whatsapp|kanal (?:youtube|telegram|whatsapp)|channel (?:whatsapp|telegram|youtube)|grup telegram|community whatsapp|fanspage|akun \w+ \w+ di (?:google|instagram))\b(?=.{0,160}$)(?:.{0,160}\b(?:klik|ikuti|follow|gabung|bergabung|link|install|dapatkan|caranya)\b.{0,160})$",
    ),
    _rule(
        "follow us",
        "an invitation to the site's channels",
        r"^(?:caranya klik link|kamu (?:juga )?bisa (?:ikuti|baca|follow)|anda (?:juga )?(?:bisa|dapat) (?:mengikuti|membaca) (?:berita|kami)|ikuti (?:terus )?(?:perkembangan )?berita (?:ini|terkini|lainnya)|ikuti (?:kami|perkembangan berita|terus berita)|(?:mari )?bergabung (?:di|dengan) (?:grup|channel|kanal)|baca berita dan artikel|cek berita dan artikel|follow berita|lihat artikel asli|dapatkan (?:update|informasi|berita)|untuk (?:berita|informasi) (?:selengkapnya|lebih lanjut)|unduh aplikasi|download aplikasi|nikmati (?:berita|konten)|mau (?:berita|info)|yuk,? (?:simak|baca|ikuti|follow|gabung|cek|tonton|download|daftar)\b.{0,80}(?:berita|artikel|kami|ini|sekarang|juga|video))\b.{0,260}$",
    ),
    _rule(
        "syndication",
        "where the text was first printed",
        r"^\W*(?:artikel|berita|tulisan|konten|naskah) (?:ini|asli|ini asli)?\s?(?:telah|sudah|pernah|pertama kali|sebelumnya|merupakan (?:kerja ?sama|hasil)|disadur|dikutip|bersumber|diambil|asli)\b.{0,300}(?:judul|tayang|terbit|muat|dengan|publikasi|dari|di)\b.{0,300}$",
    ),
    _rule(
        "copyright",
        "not the article's words",
        r"^.{0,60}\b(?:dilarang (?:keras )?(?:meng|mem|me)\w+|hak cipta dilindungi|copyright|seluruh materi|konten ini dilindungi)\b.{0,240}$|^©|^ⓒ|^\(c\) \d{4}",
    ),
    _rule(
        "disclaimer",
        "the site about itself",
        r"^\W*(?:disclaimer|penafian|catatan redaksi|catatan editor|rubrik ini|tulisan ini (?:adalah|merupakan) (?:opini|tanggung jawab)|isi (?:artikel|tulisan) (?:ini )?(?:di luar|menjadi|adalah)|segala isi|konten ini diproduksi|artikel ini (?:dibuat|diproduksi|ditulis|diterjemahkan|dihasilkan|dilengkapi)|berita ini (?:dibuat|diproduksi|diterjemahkan)|\*+ ?untuk mengetahui kebenaran informasi|untuk mengetahui kebenaran informasi|kami (?:mengajak|mengundang) anda|komentar (?:sepenuhnya|adalah)|punya (?:informasi|info|berita|cerita)|kirim(?:kan)? (?:tulisan|artikel|berita|opini|foto) (?:anda|kamu)|pernah dengar|ingin (?:kirim|mengirim))\b.{0,400}$",
    ),
    _rule(
        "cookie notice",
        "the site about itself",
        r"^.{0,160}\b(?:menggunakan cookies?|uses? cookies|cookie policy|kebijakan (?:privasi|cookie)|privacy policy|accept (?:all )?cookies|terima (?:semua )?cookies?)\b.{0,300}$",
    ),
    _rule(
        "reporter",
        "who, not what",
        r"^\W*(?:laporan (?:wartawan|reporter|jurnalis|kontributor|khusus)\b.{0,90}|(?:tim|team) (?:redaksi|liputan|\w+)(?:, .{0,40})?|(?:oleh|by|penulis|reporter|editor|pewarta|redaktur|jurnalis|wartawan|kontributor|penerjemah|penyunting|fotografer|sumber|source|rep|red|text|teks|foto|photo|author|dok|narasumber|diterbitkan|dipublikasikan|published|updated|diperbarui|tayang|terbit|last update\w*|kategori|category|rubrik)\s*[:|/]\s?.{0,110})$",
    ),
    _rule(
        "location line",
        "a menu, a breadcrumb",
        r"^(?:home|beranda|news|berita)\s*[/>»|›-]\s*.{0,120}$|^[^.!?]{0,120}[»›].{0,120}$|^\S+(?: \S+){0,3}(?: [|/>] \S+(?: \S+){0,3}){2,12}$",
    ),
    _rule("hashtags", "labels of the archive", r"^(?:#[\w .-]{1,40}){1,30}$"),
    _rule("leftover", "a mark without words", r"^[\W_]*$"),
    _rule("address", "a bare link", r"^(?:https?://|www\.)\S+$"),
    _rule(
        "age",
        "how long ago, of another article",
        r"^\W*(?:\d+|se)\s?(?:detik|menit|jam|hari|minggu|bulan|tahun)(?: yang)? (?:lalu|yll)\W*$|^(?:baru saja|just now|\d+ (?:min|hour|day)s? ago)$",
    ),
)

#: Told of the list by a label as much as by form: initials, a writer's name in capitals (Tempo).
CAPITAL_NAME = re.compile(r"^[A-Z][A-Z.'’-]*(?: (?:\||[A-Z][A-Z.'’-]*)){0,6}$")


def whole_line(text: str) -> Rule | None:
    """The rule by which all of `text` is not the article's; None when none says so."""
    for table in (ENDS, LABELS, LINES):
        for rule in table:
            if rule.pattern.search(text):
                return rule
    return None
