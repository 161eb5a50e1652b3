"""Verifies evidence packs from docs/recipes/evidence-format.md alone: no code of Vigie, no network.

    python3 verify_evidence.py pack.zip [more.zip ...]

A line a pack: "intact <position> <seal> anchored <position> key <hex>", or "broken <place>: <what>"
for each break. Exit code 1 when a pack is broken.
"""
import base64
import hashlib
import json
import re
import sys
import zipfile

# Ed25519 verification, RFC 8032 section 5.1.7, with points as (X, Y, Z, T) of section 5.1.4.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, p):
    q = (0, 1, 1, 0)
    while n > 0:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def point(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT % P
    if (x * x - square) % P != 0 or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, text, signature):
    public, r = point(key), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or public is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    return same(times(s, BASE), add(r, times(h, public)))


def prefixed(parts):
    return "".join(f"{len(part.encode())}:{part}" for part in parts).encode()


def merkle_root(level):
    while len(level) > 1:
        level = [hashlib.sha256(b"\x01" + b"".join(level[i : i + 2])).digest()
                 if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0].hex() if level else ""


def verify(pack):
    """Yields each break; the last thing it yields is a summary when there was none."""
    broken = []

    def check(is_right, place, what):
        if not is_right:
            broken.append(f"broken {place}: {what}")

    def lines(name):
        with pack.open(name) as file:
            for number, line in enumerate(file, 1):
                try:
                    yield number, json.loads(line.decode())
                except ValueError:
                    check(False, f"{name} line {number}", "no JSON")

    names = {"FORMAT.md", "events.jsonl", "entries.jsonl", "anchors.jsonl", "public-key.pem"}
    check(set(pack.namelist()) == names | {"manifest.json"}, "pack", "files missing or unknown")
    if broken:
        return broken
    try:
        manifest = json.loads(pack.read("manifest.json"))
        check(manifest["format"] == "vigie evidence 1", "manifest.json", "another format")
        for name in sorted(names):
            content, said = pack.read(name), manifest["files"][name]
            measured = (content.count(b"\n"), len(content), hashlib.sha256(content).hexdigest())
            check(measured == (said["lines"], said["bytes"], said["sha256"]), name,
                  "not as the manifest says")
        end = (manifest["position"], manifest["seal"])
    except (ValueError, KeyError, TypeError):
        return broken + ["broken manifest.json: not readable"]

    leaves, numbers = {}, {}
    for number, content in lines("entries.jsonl"):
        try:
            event, entry, parts = content
            texts = prefixed(entry) + b"".join(prefixed(line) for line in parts)
            place, number = f"entry {entry[0]}", int(entry[0])
        except (ValueError, TypeError, AttributeError):
            check(False, f"entries.jsonl line {number}", "not an entry")
            continue
        check(len(entry) == 10 and all(len(line) == 7 for line in parts),
              place, "not the parts of an entry")
        check(number > numbers.get(event, 0), place, "out of order")
        numbers[event] = number
        leaves.setdefault(event, []).append(hashlib.sha256(b"\x00" + texts).digest())

    due, previous, seals = 1, "0" * 64, {0: "0" * 64}
    for number, content in lines("events.jsonl"):
        try:
            *parts, stored = content
            found = hashlib.sha256(prefixed(parts)).hexdigest()
            assert len(parts) == 12
        except (ValueError, TypeError, AttributeError, AssertionError):
            check(False, f"events.jsonl line {number}", "not an event")
            continue
        place, own = f"event {parts[0]}", leaves.pop(parts[1], [])
        check(parts[0] == str(due), place, f"event {due} was due")
        check(parts[11] == previous, place, "does not follow the one before")
        check((parts[9], parts[10]) == (str(len(own)), merkle_root(own)), place, "other entries")
        check(found == stored, place, "another hash")
        due, previous = due + 1, stored
        seals[int(parts[0]) if parts[0].isdigit() else -1] = stored
    for event in leaves:
        check(False, f"entry {numbers[event]}", f"no event {event}")
    check(end == (due - 1, previous), "manifest.json", "another position or seal")

    fields = ["kind", "sequence", "hash", "at", "key", "introduces", "since", "reason", "signature"]
    anchors = [(number, each) for number, each in lines("anchors.jsonl")]
    accepted = [(number, each["since"]) for number, each in anchors
                if isinstance(each, dict) and each.get("kind") == "accepted"]
    key, last, anchored = None, None, 0
    for number, anchor in anchors:
        place = f"anchor line {number}"
        if not isinstance(anchor, dict) or list(anchor) != fields:
            check(False, place, "not an anchor")
            continue
        kind, sequence, seal, at, signer, introduces, since, reason, signature = anchor.values()
        text = prefixed(["vigie anchor 1", kind, str(sequence), seal, at, signer, introduces or "",
                         "" if since is None else str(since), reason or ""])
        first = key is None and kind == "key" and introduces == signer
        check(first or signer == key, place, "another key than the one in force")
        try:
            good = is_signed(bytes.fromhex(signer), text, base64.b64decode(signature, validate=True))
        except ValueError:
            good = False
        check(good, place, "a bad signature")
        check(kind == "accepted" or last is None or sequence > last[0]
              or (sequence, seal) == last, place, "goes back")
        key, last = introduces or signer, (sequence, seal)
        if not any(later > number and sequence > held for later, held in accepted):
            check(seals.get(sequence) == seal, f"event {sequence}", f"not as {place} says")
            anchored = max(anchored, sequence)
    pem = re.sub(r"-----[^-]+-----|\s", "", pack.read("public-key.pem").decode())
    check(base64.b64decode(pem).hex()[-64:] == (key or ""), "public-key.pem", "not the key in force")
    return broken or [f"intact {due - 1} {previous} anchored {anchored} key {key}"]


def main(paths):
    status = 0
    for path in paths:
        try:
            with zipfile.ZipFile(path) as pack:
                found = verify(pack)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
            found = [f"broken pack: {error}"]
        for line in found:
            print(f"{path}: {line}")
            status = status or int(line.startswith("broken"))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
