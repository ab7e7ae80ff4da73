"""The public report of an audit of balance: figures with their uncertainty, plain sentences, tables behind them.

Door: `render`. It shows what a release publishes and what `balance.published` lets out, and nothing else.
"""

from telusur.dossier.balance_report.page import render

__all__ = ["render"]
