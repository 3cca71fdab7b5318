"""Makes the files of columns that the tests read: python3 make_fixtures.py, here.

Needs pyarrow, fastavro, cramjam and zstandard. Each file of rows holds the rows of types.jsonl or
avro.jsonl, which say in text what every value must print as. The files are kept: they are only to
be made again when a type or an encoding is added.
"""

import datetime
import decimal
import json
import uuid

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 60
EPOCH = datetime.datetime(1970, 1, 1)
UTC = datetime.timezone.utc


def maybe(row, value):
    """Every seventh value is null, in runs and alone."""
    return None if row % 7 == 3 or 30 <= row < 35 else value


def moment(row):
    return datetime.datetime(2024, 2, 28, 23, 59, 58, 123456) + datetime.timedelta(
        days=row * 97 - 3000, seconds=row * 3601, microseconds=row * 11
    )


def iso(value, digits, zone=""):
    text = value.strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f"{value.microsecond:06d}"[:digits]
    if int(fraction or "0"):
        if len(fraction) > 3 and fraction.endswith("000"):
            fraction = fraction[:3]
        text += "." + fraction
    return text + zone


def clock(value, digits):
    return iso(datetime.datetime.combine(datetime.date(1970, 1, 1), value), digits)[11:]


def millis(value):
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


def columns():
    """name -> (arrow type, value of a row, its text)"""
    text = ["", "plain", "grün", "a,b", 'say "hi"', "日本語", "x" * 40]
    yield "i8", pa.int8(), lambda r: (r * 37) % 256 - 128, str
    yield "i16", pa.int16(), lambda r: r * 1001 - 30000, str
    yield "i32", pa.int32(), lambda r: r * 70_000_001 - 2_000_000_000, str
    yield "i64", pa.int64(), lambda r: (r - 30) * 300_000_000_000_000_007, str
    yield "u8", pa.uint8(), lambda r: (r * 37) % 256, str
    yield "u16", pa.uint16(), lambda r: r * 1101, str
    yield "u32", pa.uint32(), lambda r: r * 71_000_001, str
    yield "u64", pa.uint64(), lambda r: r * 310_000_000_000_000_007, str
    yield "f16", pa.float16(), lambda r: (r - 30) / 8, repr
    yield "f32", pa.float32(), lambda r: (r - 30) / 8, repr
    yield "f64", pa.float64(), lambda r: (r - 30) / 7, repr
    yield "few", pa.float64(), lambda r: [0.5, -1.25, 1e300][r % 3], repr
    yield "flag", pa.bool_(), lambda r: r % 3 == 0, lambda v: str(v).lower()
    yield "text", pa.string(), lambda r: text[r % 7] + (str(r) if r % 2 else ""), str
    yield "word", pa.string(), lambda r: text[r % 4], str
    yield "cat", pa.dictionary(pa.int8(), pa.string()), lambda r: text[r % 5], str
    yield "bytes", pa.binary(), lambda r: bytes([r, 255 - r, 0])[: r % 4], base64
    yield "five", pa.binary(5), lambda r: bytes([r, 1, 2, 3, 255 - r]), base64
    yield "date", pa.date32(), lambda r: moment(r).date(), str
    yield "t_ms", pa.time32("ms"), lambda r: millis(moment(r)).time(), lambda v: clock(v, 3)
    yield "t_us", pa.time64("us"), lambda r: moment(r).time(), lambda v: clock(v, 6)
    yield "ts_ms", pa.timestamp("ms"), lambda r: millis(moment(r)), lambda v: iso(v, 3)
    yield "ts_us", pa.timestamp("us"), moment, lambda v: iso(v, 6)
    yield "ts_ns", pa.timestamp("ns"), moment, lambda v: iso(v, 6)
    yield (
        "ts_utc",
        pa.timestamp("us", "UTC"),
        lambda r: moment(r).replace(tzinfo=UTC),
        lambda v: iso(v, 6, "Z"),
    )
    yield "d9", pa.decimal128(9, 2), lambda r: decimal.Decimal((r - 30) * 1234567) / 100, plain(2)
    yield "d18", pa.decimal128(18, 4), lambda r: decimal.Decimal((r - 30) * 10**15) / 10**4, plain(4)
    yield "d38", pa.decimal128(38, 10), lambda r: decimal.Decimal((r - 30) * 10**30).scaleb(-10), plain(10)
    yield "uuid", pa.uuid(), lambda r: uuid.UUID(int=r * 2**97 + 5).bytes, lambda v: str(uuid.UUID(bytes=v))


def base64(value):
    import base64 as b

    return b.b64encode(value).decode()


def plain(scale):
    return lambda v: f"{v:.{scale}f}"


def table(nullable=True, only=None):
    arrays, fields, texts = [], [], {}
    with decimal.localcontext() as context:
        context.prec = 60
        for name, kind, value, text in columns():
            if only and name not in only:
                continue
            values = [maybe(r, value(r)) if nullable else value(r) for r in range(ROWS)]
            texts[name] = [None if v is None else text(v) for v in values]
            storage = pa.binary(16) if name == "uuid" else kind
            if name == "f16":
                array = pa.array(values, pa.float32()).cast(kind)
            else:
                array = pa.array(values, storage)
            if name == "uuid":
                array = pa.ExtensionArray.from_storage(kind, array)
            arrays.append(array)
            fields.append(pa.field(name, kind, nullable))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields)), texts


def expect(texts, path):
    with open(path, "w", encoding="utf-8") as out:
        for r in range(ROWS):
            row = {name: values[r] for name, values in texts.items()}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def parquet():
    rows, texts = table()
    expect(texts, "types.jsonl")
    common = dict(row_group_size=25, data_page_size=128, dictionary_pagesize_limit=1 << 20)

    def write(name, source=rows, **options):
        pq.write_table(source, name, **{**common, **options})

    for codec in ["none", "snappy", "gzip", "zstd", "lz4"]:
        write(f"types-{codec}.parquet", compression=codec)
    write("types-v2.parquet", data_page_version="2.0", compression="snappy")
    write("types-v2-none.parquet", data_page_version="2.0", compression="none")
    write("types-plain.parquet", use_dictionary=False, write_page_checksum=True)
    write("types-falls-back.parquet", dictionary_pagesize_limit=100)
    write("types-one-group.parquet", row_group_size=ROWS, data_page_size=1 << 20)
    write("types-int96.parquet", use_deprecated_int96_timestamps=True)
    write("types-short-decimals.parquet", store_decimal_as_integer=True)
    whole = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"]
    whole += ["date", "t_ms", "t_us", "ts_ms", "ts_us", "ts_ns", "ts_utc"]
    split = ["f16", "f32", "f64", "few", "five", "d38", "uuid"]
    encodings = {name: "DELTA_BINARY_PACKED" for name in whole}
    encodings |= {name: "BYTE_STREAM_SPLIT" for name in split}
    encodings |= {"flag": "RLE", "d9": "DELTA_BYTE_ARRAY", "d18": "PLAIN"}
    for name, kind in [("delta", "DELTA_BYTE_ARRAY"), ("lengths", "DELTA_LENGTH_BYTE_ARRAY")]:
        texts_as = {column: kind for column in ["text", "word", "cat", "bytes"]}
        write(
            f"types-{name}.parquet",
            use_dictionary=False,
            column_encoding=encodings | texts_as,
            data_page_version="2.0",
        )
    encodings = {name: "BYTE_STREAM_SPLIT" for name in ["i32", "i64"]}
    write("types-split.parquet", use_dictionary=False, column_encoding=encodings)

    required, texts = table(nullable=False)
    expect(texts, "required.jsonl")
    write("required.parquet", required)
    write("required-v2.parquet", required, data_page_version="2.0")

    few, texts = table(only=["i64", "f64", "text", "cat"])
    expect(texts, "few.jsonl")
    pq.write_table(few, "few.parquet", row_group_size=5, compression="snappy")
    pq.write_table(few.slice(0, 0), "empty.parquet")
    pq.write_table(few.slice(0, 6), "small.parquet", compression="none", row_group_size=4)

    many = pa.table(
        {
            "i64": pa.array([maybe(r, r * r * 7919 % 100_003 - (r << 40)) for r in range(1000)]),
            "i32": pa.array([(r * 7919) % 60_013 - 30_000 for r in range(1000)], pa.int32()),
            "u32": pa.array([2**32 - 1 - r * r for r in range(1000)], pa.uint32()),
            "same": pa.array([5] * 1000),
            "text": pa.array([maybe(r, f"prefix-{r // 10}-{r * r % 97}") for r in range(1000)]),
            "flag": pa.array([maybe(r, r % 100 < 60) for r in range(1000)]),
        }
    )
    as_delta = {n: "DELTA_BINARY_PACKED" for n in ["i64", "i32", "u32", "same"]}
    for name, kind in [("delta", "DELTA_BYTE_ARRAY"), ("lengths", "DELTA_LENGTH_BYTE_ARRAY")]:
        encodings = as_delta | {"text": kind, "flag": "RLE"}
        pq.write_table(
            many, f"many-{name}.parquet", use_dictionary=False, column_encoding=encodings
        )
    pq.write_table(many, "many-plain.parquet", use_dictionary=False, compression="zstd")
    pq.write_table(many, "many-dictionary.parquet", data_page_size=1000, compression="zstd")

    nested = pa.table(
        {
            "a": pa.array([1, 2, 3]),
            "list": pa.array([[1], [], [2, 3]]),
            "map": pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int32())),
            "record": pa.array([{"x": 1, "y": "p"}, {"x": 2, "y": "q"}, None]),
            "nothing": pa.array([None, None, None], pa.null()),
            "z": pa.array(["p", "q", None]),
        }
    )
    pq.write_table(nested, "nested.parquet")
    odd = pa.table({"x": pa.array([1.5, float("nan"), float("inf"), None, -0.0])})
    pq.write_table(odd, "odd.parquet")


parquet()
