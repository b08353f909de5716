from dataclasses import dataclass, field


@dataclass
class Night:
    """What became of the orders: the receipts of those paid, the exceptions of those that failed, by order number."""

    paid: dict[int, str] = field(default_factory=dict)
    failed: dict[int, Exception] = field(default_factory=dict)
