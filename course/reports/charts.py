"""Pictures of numbers as SVG: inline, in the page's own colours, light and dark, each with its text alternative."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 400, 230, 50, 12, 12, 44


def histogram(shares: Sequence[float], what: str, of_whom: str) -> Markup:
    """Return columns that count shares of 0 to 1 in ten steps of 10 %, the last with its upper end.

    `what`: the axis below; `of_whom`: the axis at the side.
    """
    counts = [0] * 10
    for share in shares:
        counts[min(int(share * 10 + 1e-9), 9)] += 1
    ticks = _ticks(max(counts))
    top, step, tall = ticks[-1], (WIDE - LEFT - RIGHT) / 10, HIGH - TOP - BOTTOM
    parts = [_grid(LEFT, value / top, str(value)) for value in ticks]
    for number, count in enumerate(counts):
        high = tall * count / top
        x, y = LEFT + number * step + 2, HIGH - BOTTOM - high
        parts.append(
            Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2"/>').format(
                x, y, step - 4, high
            )
        )
        if count:
            parts.append(_text(x + step / 2 - 2, y + 15 if high > 30 else y - 4, str(count), "middle", high > 30))
    parts += [_text(LEFT + n * step, HIGH - BOTTOM + 17, f"{n * 10}", "middle") for n in range(0, 11, 2)]
    told = [f"{count} from {n * 10} to {n * 10 + 10} %" for n, count in enumerate(counts) if count]
    return _figure(parts, what, of_whom, f"{what}: {', '.join(told) or 'none'}.")


def scatter(points: Sequence[tuple[float, float, str, bool]], what: str, side: str) -> Markup:
    """Return a point for each (share of 0 to 1, correlation of -1 to 1, name, stands out).

    Those that stand out are numbered in their order, as the list beside the picture has to do.
    """
    low = -1.0 if any(correlation < -0.5 for _, correlation, _, _ in points) else -0.5
    tall, parts = HIGH - TOP - BOTTOM, []
    for value in (-1.0, -0.5, 0.0, 0.5, 1.0):
        if value >= low:
            parts.append(_grid(LEFT, (value - low) / (1 - low), f"{value:g}".replace("-", "−"), strong=value == 0))
    parts += [_text(_x(n / 10), HIGH - BOTTOM + 17, f"{n * 10}", "middle") for n in range(0, 11, 2)]
    number = 0
    for share, correlation, name, out in sorted(points, key=lambda point: point[3]):
        x, y = _x(share), TOP + tall * (1 - correlation) / (1 - low)
        kind = "dot out" if out else "dot"
        parts.append(
            Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"><title>{}</title></circle>').format(
                kind, x, y, 9 if out else 4.5, f"{name}: {share:.0%} pass, {correlation:.2f}"
            )
        )
        if out:
            number += 1
            parts.append(Markup('<text class="on" x="{:.1f}" y="{:.1f}">{}</text>').format(x, y + 4, number))
    told = [f"{name}: {share:.0%} pass, {correlation:.2f}" for share, correlation, name, _ in points]
    return _figure(parts, what, side, f"{side} over {what.lower()}. {'; '.join(told) or 'none'}.")


def meter(share: float, told: str, kind: str = "bar") -> Markup:
    """Return a bar for a share of 0 to 1, said as `told`; `kind` is its class: bar, good or bad."""
    return Markup(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="track" width="100" height="8"/><rect class="{}" width="{:.1f}" height="8"/></svg>'
    ).format(told, kind, 100 * min(max(share, 0.0), 1.0))


def _figure(parts: list[Markup], what: str, side: str, told: str) -> Markup:
    base = HIGH - BOTTOM
    axis = Markup('<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(LEFT, base, WIDE - RIGHT, base)
    names = [
        _text(LEFT + (WIDE - LEFT - RIGHT) / 2, HIGH - 8, what, "middle"),
        Markup('<text text-anchor="middle" transform="translate(12 {}) rotate(-90)">{}</text>').format(
            TOP + (base - TOP) // 2, side
        ),
    ]
    drawn = Markup("").join([*parts, axis, *names])
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDE, HIGH, told, drawn
    )


def _grid(x: float, share: float, label: str, strong: bool = False) -> Markup:
    y = HIGH - BOTTOM - (HIGH - TOP - BOTTOM) * share
    line = Markup('<line class="{}" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>')
    return line.format("axis" if strong else "grid", x, y, WIDE - RIGHT, y) + _text(x - 6, y + 4, label, "end")


def _x(share: float) -> float:
    return LEFT + 10 + (WIDE - LEFT - RIGHT - 20) * share


def _ticks(most: int) -> list[int]:
    """Return round numbers from 0 to the first that is no less than the largest count."""
    step = next(s * 10**n for n in range(9) for s in (1, 2, 5) if most <= 5 * s * 10**n)
    return list(range(0, (max(most, 1) + step - 1) // step * step + 1, step))


def _text(x: float, y: float, words: str, anchor: str, inside: bool = False) -> Markup:
    kind = Markup(' class="on"') if inside else Markup("")
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}"{}>{}</text>').format(x, y, anchor, kind, escape(words))
