"""units, currencies and scales as written -> as said: tables, for money.py and measures.py."""

SCALES = {
    "rb": "ribu", "jt": "juta", "juta": "juta", "ribu": "ribu", "miliar": "miliar", "milyar": "miliar",
    "triliun": "triliun", "trilyun": "triliun", "kuadriliun": "kuadriliun", "mlr": "miliar", "mio": "juta",
    "billion": "miliar", "million": "juta", "trillion": "triliun", "bn": "miliar", "ratus": "ratus",
    "lusin": "lusin", "puluh": "puluh",
}  # fmt: skip
#: Single letters are scales only beside a currency: "Rp 8 M" is money, "8 m" a length.
MONEY_SCALES = SCALES | {"m": "miliar", "t": "triliun", "k": "ribu"}

CURRENCIES = {
    "Rp": "rupiah", "IDR": "rupiah", "RP": "rupiah", "US$": "dolar Amerika Serikat",
    "USD": "dolar Amerika Serikat", "$": "dolar", "S$": "dolar Singapura", "SGD": "dolar Singapura",
    "A$": "dolar Australia", "AUD": "dolar Australia", "AU$": "dolar Australia", "HK$": "dolar Hong Kong",
    "HKD": "dolar Hong Kong", "NT$": "dolar Taiwan", "TWD": "dolar Taiwan", "C$": "dolar Kanada",
    "CAD": "dolar Kanada", "NZ$": "dolar Selandia Baru", "NZD": "dolar Selandia Baru", "€": "euro",
    "EUR": "euro", "£": "pound sterling", "GBP": "pound sterling", "¥": "yen", "JPY": "yen", "CNY": "yuan",
    "RMB": "yuan", "₩": "won", "KRW": "won", "₹": "rupee", "INR": "rupee", "RM": "ringgit",
    "MYR": "ringgit", "THB": "baht", "฿": "baht", "₫": "dong", "₽": "rubel", "CHF": "franc Swiss",
    "₱": "peso", "BND": "dolar Brunei", "₺": "lira", "AED": "dirham", "R$": "real",
    "SEK": "krona Swedia", "NOK": "krone Norwegia", "DKK": "krone Denmark",
    "RUB": "rubel", "VND": "dong", "QAR": "riyal Qatar", "KWD": "dinar Kuwait", "PKR": "rupee Pakistan",
    "ZAR": "rand", "BRL": "real", "MXN": "peso Meksiko",
    "SG$": "dolar Singapura",
}  # fmt: skip

UNITS = {
    "km": "kilometer", "Km": "kilometer", "KM": "kilometer", "hm": "hektometer", "m": "meter",
    "dm": "desimeter", "cm": "sentimeter", "mm": "milimeter", "µm": "mikrometer", "μm": "mikrometer",
    "nm": "nanometer", "km2": "kilometer persegi", "m2": "meter persegi", "cm2": "sentimeter persegi",
    "mm2": "milimeter persegi", "M2": "meter persegi", "M3": "meter kubik", "Km2": "kilometer persegi",
    "m3": "meter kubik", "mm3": "milimeter kubik", "cm3": "sentimeter kubik", "dm3": "desimeter kubik",
    "km3": "kilometer kubik", "ha": "hektare", "Ha": "hektare", "HA": "hektare",
    "mdpl": "meter di atas permukaan laut", "Mdpl": "meter di atas permukaan laut",
    "MDPL": "meter di atas permukaan laut", "kg": "kilogram", "Kg": "kilogram", "KG": "kilogram",
    "g": "gram", "gr": "gram", "mg": "miligram", "mcg": "mikrogram", "µg": "mikrogram", "μg": "mikrogram",
    "lb": "pon", "lbs": "pon", "oz": "ons", "kw": "kilowatt", "l": "liter", "L": "liter", "lt": "liter",
    "ltr": "liter", "ml": "mililiter", "mL": "mililiter", "dl": "desiliter", "dL": "desiliter",
    "cl": "sentiliter", "kl": "kiloliter", "kL": "kiloliter", "KL": "kiloliter", "W": "watt",
    "kW": "kilowatt", "KW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "TW": "terawatt",
    "Wh": "watt jam", "kWh": "kilowatt jam", "KWh": "kilowatt jam", "MWh": "megawatt jam",
    "GWh": "gigawatt jam", "TWh": "terawatt jam", "kWp": "kilowatt peak", "MWp": "megawatt peak",
    "Wp": "watt peak", "VA": "volt ampere", "kVA": "kilovolt ampere", "MVA": "megavolt ampere",
    "V": "volt", "kV": "kilovolt", "KV": "kilovolt", "mAh": "miliampere jam", "Ah": "ampere jam",
    "Hz": "hertz", "kHz": "kilohertz", "KHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz",
    "KB": "kilobyte", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte",
    "PB": "petabyte", "Kbps": "kilobit per detik", "kbps": "kilobit per detik",
    "Mbps": "megabit per detik", "mbps": "megabit per detik", "MBps": "megabyte per detik",
    "Gbps": "gigabit per detik", "MP": "megapiksel", "%": "persen", "‰": "permil", "bps": "basis poin",
    "°C": "derajat Celsius", "°F": "derajat Fahrenheit", "°": "derajat", "° C": "derajat Celsius",
    "dB": "desibel", "dBA": "desibel", "db": "desibel", "mmHg": "milimeter raksa", "hPa": "hektopaskal",
    "kPa": "kilopaskal", "Pa": "paskal", "mb": "milibar", "Nm": "newton meter", "kJ": "kilojoule",
    "kal": "kalori", "kkal": "kilokalori", "cal": "kalori", "kcal": "kilokalori",
    "SR": "skala Richter", "cc": "cé cé", "ppm": "pé pé ém", "rpm": "ér pé ém",
    "m dpl": "meter di atas permukaan laut", "CC": "cé cé", "kpj": "kilometer per jam",
    "kph": "kilometer per jam", "kmh": "kilometer per jam", "mph": "mil per jam", "dtk": "detik",
    "mnt": "menit", "thn": "tahun", "bln": "bulan", "hr": "hari", "org": "orang", "ft": "kaki",
    "inch": "inci", "dk": "daya kuda", "sdm": "sendok makan", "sdt": "sendok teh", "kgm": "kilogram meter",
    "pcs": "buah", "fps": "frame per detik", "psi": "pé és i", "ms": "milidetik",
    "µL": "mikroliter", "μL": "mikroliter", "Kwh": "kilowatt jam", "kwh": "kilowatt jam",
    "KWH": "kilowatt jam", "th": "tahun", "lbr": "lembar", "hlm": "halaman", "bks": "bungkus",
    "btl": "botol", "px": "piksel", "GT": "gros ton",
    "NM": "mil laut", "kt": "knot", "knots": "knot", "dwt": "dé wé té", "DWT": "dé wé té",
}  # fmt: skip
#: What may follow a slash after a quantity: "24 jam/hari".
PER = UNITS | {
    "US$": "dolar Amerika Serikat", "USD": "dolar Amerika Serikat", "s": "detik", "h": "jam", "d": "hari",
    "dt": "detik", "dolar AS": "dolar Amerika Serikat", "dolar": "dolar", "euro": "euro",
} | {
    written: noun
    for noun in """
    anak ayam bal bangku barel batang box buah bulan bungkus butir detik dosis ekor galon gigabyte gram hari
    hektar hektare jam jiwa kamar kapita karung keluarga kepala kilo kilogram kilometer KK kk kotak lembar
    liter malam menit meter minggu ons orang pack pasien pax pekan peserta porsi potong rumah sak siswa
    tabung tahun ton unit
    """.split()
    for written in (noun, noun.capitalize())
}  # fmt: skip
