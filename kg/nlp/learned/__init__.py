"""The learned reader: a small network that proposes names beside the rules, and a judge that weighs both."""
