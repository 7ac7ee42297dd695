"""capitals -> words or letters: two lists of acronyms, and what to do with those on neither."""

import re
from collections.abc import Container

from newscast.text.letters import letters
from newscast.text.normalization.numbers import cardinal
from newscast.text.normalization.rule import CAPITALS, LETTER, before, rule

#: Acronyms that are said as a word. Others of up to four capitals are spelled.
WORDS = frozenset(
    """
    ABRI ACEH ADA ADHI AEON AFTA AIDS AIPDA AIPTU AJI AKABRI AKAN AKAP AKMIL AKPOL AKSI AKU AMDAL AMIN
    AMPI ANDA ANSOR ANTAM APA APEC APINDO APRI AREMA ASABRI ASEAN ASEM ATAU AUKUS AWAS BAB BABEL BABINSA
    BADAN BAIS BAKAMLA BAKTI BALI BANK BANTEN BAPPEDA BAPPENAS BARU BASARNAS BATAN BATU BAWASLU BAZNAS
    BEM BHABINKAMTIBMAS BIMA BIN BISA BOS BRIN BUDI BUKAN BULOG BUMDES BUMDESA BUMI BUMIL BURT BUWAS
    CAFTA CALEG CAPRES CARE CAWAPRES CERN CITES CONCACAF CONMEBOL COVID DAMRI DAN DANA DANDIM DANRAMIL
    DANREM DAOP DAPIL DARI DEKRANAS DENSUS DEPOK DIKTI DIM DINKES DIPA DIRJEN DIRUT DISDIK DISHUB
    DISPENDA DITJEN DOKTER DOLAR DUA DUNIA EBOLA EMAS ESSENTIALS EURO FATF FIBA FIDE FIFA FINA FISIPOL
    FOKUS FOMO FORKOPIMDA GAFATAR GAM GANEFO GANJA GAPEKA GAPENSI GAPKI GAPOKTAN GARUDA GEN GENOSE GERD
    GERINDRA GERWANI GIIAS GO GOJEK GOLKAR GOPAY GOR GRAB GRATIS HAKI HAM HANURA HARI HARUS HIMBARA
    HIPMI HIPPI HIPPINDO HOAKS HONDA HUMAS IAIN IATA ICMI IKAPI IKEA IKIP INALUM INASGOC INDEF INDO
    INFOBANK INI INKA INPRES INTEL INTERPOL INTI IPAL IPDA IPOLEKSOSBUDHANKAM IPTEK IRJEN ISAF ISEI ISIS
    ISPA ITU JABAR JABODETABEK JAKI JALAN JAMBI JAMKRIDA JANGAN JASINDO JATENG JATIM JICA JUGA JURDIL
    KADIN KADIV KALAU KALBAR KALSEL KALTARA KALTENG KALTIM KAMI KAMPUS KANWIL KAPAL KAPOLDA KAPOLRES
    KAPOLRI KAPOLSEK KASAD KASAL KASAU KASUS KAWAL KEJAGUNG KEJARI KEJATI KEMENAG KEMENDAG KEMENHUB
    KEMENKES KEMENKEU KEMENKO KEMENLU KEMENPORA KEMENSOS KEPPRES KEPRI KIM KIPI KIR KIS KITA KITAS KNIP
    KODAM KODIM KOI KOMDIGI KOMINFO KOMNAS KOMPAS KOMPOLNAS KONI KONTRAS KOPASSUS KORAMIL KOREM
    KORLANTAS KORPRI KOSTRAD KOTA KOWANI KUHAP KUR LADA LAGU LAMPUNG LAPAN LAPAS LAPOR LASER LAZADA
    LAZISMU LEKRA LEMHANNAS LEMIGAS LEN LIMA LINE LION LIPI LITBANG LIVE LUAR LUBER MABES MABESAD
    MAHUPIKI MAKI MAN MAPALA MASA MATI MAX MENKES MENKO MENPORA MERS MIGAS MILO MIN MONAS MUBES MUNAS
    MURI MUSIK NAFTA NAPAS NAPZA NARKOBA NASA NASDEM NASIONAL NATO NIKE NINJA NONTON NUSA OCHA ODHA ODOL
    OJEK OLX OPEC OPPO ORANG OSHA OSIS OSPEK OTORITA OVO PADA PAL PALAPA PALU PAM PAN PANGDAM PANJA
    PANSUS PAPUA PARA PARMUSI PASI PASKAS PASKIBRA PASKIBRAKA PASPAMPRES PAUD PELATNAS PELINDO PELNI
    PEMDA PEMILU PEMKAB PEMKOT PEMPROV PENTING PEPABRI PERADI PERBANAS PERBASI PERDA PERGUB PERHUMAS
    PERINDO PERKI PERMEN PERPPU PERPRES PERSEBAYA PERSERO PERSI PERSIB PERSIJA PERSIS PERTAMINA PERUM
    PERUMNAS PERURI PERWALI PESAN PETA PETI PILGUB PILKADA PILKADES PILPRES PIN PISA POLAIRUD POLANTAS
    POLDA POLRES POLRI POLSEK POLWAN POM PON POS POSO POSYANDU PRAMUKA PREMIUM PRO PRODI PROLEGNAS
    PUSKESMAS PUSKOM RADAR RAM RAMA RASKIN RAYA REI REPELITA RESKRIM RESMI RIAU RISKESDAS ROMA RON
    RUPIAH RUSUNAWA RUTAN SABTU SAMAPTA SAMSAT SANGAT SAR SARA SARS SATELIT SATGAS SATLANTAS SATPAM
    SATPOL SATRESKRIM SATRIA SATU SAYA SEA SEATO SECAPA SEKDA SEKJEN SEKOLAH SEKWAN SEMUA SENIN SENTRA
    SEPATU SESKOAD SIAK SIAP SIDANG SIKAP SIM SINTA SIPRI SIREKAP SISDIKNAS SISKEUDES SISPALA SISWA SIUP
    SLIK SOLO SONY SOSPOL STAIN STAN STEM STIKES STOP STOVIA SUDAH SUKMA SULSEL SULTENG SULTRA SULUT
    SUMBAR SUMSEL SUMUT SUSENAS SUTET SWIFT TAGANA TAHUN TAP TAPERA TAPI TAPOL TARUNA TASPEN TELKOM
    TIDAK TIKI TILANG TIM TIMNAS TIPIKOR TOEFL TOP TRANS TRIKORA TUBAN UEFA UIN UMROH UNAIDS UNAIR UNAND
    UNAS UNCLOS UNCTAD UNDIP UNEJ UNESA UNESCO UNHAS UNIB UNICEF UNIFIL UNISBA UNJA UNJANI UNNES UNPAD
    UNPAR UNRI UNSOED UNSRI UNSYIAH UNTAC UNTAR UNTUK UNUD USAI USAID VAKSIN VIRAL WADUK WAJIB WAKA
    WALHI WALI WALIKOTA WALUBI WAMENA WANADRI WAPRES WARGA WASIT WASPADA WIFI WIKA WISMA YANG YAYASAN
    YUK ZALORA ZONA ZOOM
    """.split()
)
#: Spelled although they could be said, also where a whole line is in capitals.
SPELLED = frozenset(
    """
    AC AD ADB AI AIPI AKBP AKP AL APBD APBDP APBN APBNP APD API APK AS ASI ASN ATM ATR AU BAP BCA BEI BI
    BLU BNI BPIP BPJPH BPOM BPUPKI BUMD BUMN BUMS CCTV CEO CFO CIA COO CPO DAK DAU DIY DPA DVI EBT EDM
    EPA ERP ESDM ESG ETLE EU EV FA FAO FBI HGU HMI HUT IAEA IAI ICC ICJ ICU ICW IDAI IDI IG IHSG IJTI
    IKN ILO IMB IMF IMI INA IOC IPB IPDN IPK IPM IPO IPW IRT IT ITB ITE ITF ITS IUP IUPK JHT JIS KAI KEK
    KIA KIP KKN KKP KPAI KPI KPU KPUD KRI KTA KTI KUA KUHP LAI LAN LHKPN LIB LPEI LSI MA MBG MEA MIT
    MIUI MPU MUI NIK NIP NU ODGJ ODP OJK OKI OPD OPM OSN OSO OSS OTG OTT PAD PAW PBI PDAM PDI PDIP PGRI
    PHDI PHI PII PIK PIP PKI PKPI PKPU PLTA PLTU PMI PMII PNI PPATK PPDB PPI PPIU PPKI PPKM PPPA PRT PSI
    PSSI PSU PTUN PUK PUPR RAPBD RAPBN RI RIS RKUHAP RKUHP RUPS RUPSLB RUPTL RUU SAW SBUM SDA SDI SEAG
    SEC SEO SHU SKAU SKCK SMA SMI SMU SPBU SPI SPKLU STNK TGB TII TKA TKI TNI TPA TPI TPU TVRI UAE UAS
    UE UEA UHC UI UIA UII UKM UKT UM UMI UMK UMKM UMP UMR UMY UN UNHCR UNJ UNM UNRWA UNS UNY UPI UPT
    UPTD USA USB USG USS USU UT UTBK UTS UU UUD UUPA VAR VIP VOC WHO WIB WNA WNI WTO YLBHI YLKI
    """.split()
)
#: Consonants that can begin or end a word; others make a row of capitals unsayable.
_ONSETS = frozenset(
    """
    BL BR CH DR DW FL FR GL GR GW KH KL KR KW MB ND NG NGR NJ NY PH PL PR PS SH SK SKR SL SM SP SPR SR ST
    STR SW SY TH TR TRY TS TW WH ZH
    """.split()
)
_CODAS = frozenset(
    "CH CK FT KH KS LD LF LK LM LS LT MP MS ND NG NK NS NT PS RD RK RM RN RS RT SH SM ST TS".split()
)
_CONSONANTS = re.compile(r"([^AIUEO]*)(.*?)([^AIUEOY]*)")
_VOWEL = re.compile("[aiueoAIUEO]|[^a-zA-Z]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LOUD = re.compile(r"[A-Z]{5}")
_TITLE_CASE = re.compile(r"[A-Z]?[^A-Z]*")


def is_sayable(word: str) -> bool:
    """Whether capitals could be a word of Indonesian by their sounds: PASAR and SIMPAN, not BPJS or DKI."""
    match = _CONSONANTS.fullmatch(word)
    assert match is not None
    onset, middle, coda = match.groups()
    return bool(middle) and (len(onset) < 2 or onset in _ONSETS) and (len(coda) < 2 or coda in _CODAS)


def said_acronym(word: str) -> str:
    """DPR -> dé pé ér, NATO -> Nato, MotoGP -> Moto gé pé; an ordinary word stays as it is."""
    if word.isdigit():
        return cardinal(int(word))
    upper = word.upper()
    if _TITLE_CASE.fullmatch(word) and not (len(word) == 1 and word.isupper()):
        return word
    if upper in WORDS:
        return word.capitalize() if word.isupper() else word[0] + word[1:].lower()
    if word.isupper():
        spelled = len(word) < 5 or word in SPELLED or not is_sayable(word)
        return letters(word) if spelled else word.capitalize()
    if tail := re.fullmatch(r"(.*[a-z])([A-Z]{2,6})", word):
        sayable = len(tail[2]) > 3 and tail[2] not in SPELLED and is_sayable(tail[2])
        return f"{tail[1]} {tail[2].lower() if sayable else said_acronym(tail[2])}"
    return word


def said_lower(word: str) -> str:
    """kpk -> ka pé ka: as in an address, where acronyms have no capitals."""
    if word.upper() in SPELLED or not _VOWEL.search(word):
        return letters(word)
    return said_acronym(word)


def unshout(text: str, kept: Container[str] = ()) -> str:
    """Give a line that is mostly capitals the small letters back, but for its acronyms and `kept`."""
    if not _LOUD.search(text):
        return text
    words = _WORD.findall(text)
    loud = sum(map(str.isupper, words))
    if loud < 2 or loud * 3 < len(words) * 2:
        return text
    return _WORD.sub(lambda m: m[0] if m[0] in kept else _unshouted(m[0]), text)


def _unshouted(word: str) -> str:
    acronym = word in SPELLED or not is_sayable(word) or not word.strip("IVX")
    return word.capitalize() if word.isupper() and not acronym else word


@rule("AS", "(?P<alias>(?= alias))?")
def the_country(match: re.Match[str]) -> str:
    """AS is Amerika Serikat, but not in brackets after the full name, nor where it names a suspect."""
    suspect = match["alias"] is not None or re.search(r"inisial AS\b|\bAS \(\d", before(match, 400))
    return letters("AS") if suspect or before(match, 1) == "(" else "Amerika Serikat"


@rule(CAPITALS, r"(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)")
def acronym(match: re.Match[str]) -> str:
    """KPK is spelled, ASEAN is said; see the lists above and lexicon.tsv."""
    return said_acronym(match["word"])


@rule(LETTER, r"(?P<letter>[b-hj-np-tv-zB-HJ-NP-TV-Z])(?![^\W\d]|')")
def lone_letter(match: re.Match[str]) -> str:
    """Grup C, huruf b: a letter alone is named, but I Made and vitamin A stay."""
    return letters(match["letter"])


RULES = (the_country, acronym, lone_letter)
