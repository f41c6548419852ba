"""From an article to mentions and claims: a spaCy pipeline, one component a file.

The package is callable: `kg.nlp()` makes the pipeline, `kg.nlp("my.cfg")` that of a config file.
"""

import sys
from pathlib import Path
from types import ModuleType

from spacy.language import Language

from kg.nlp.pipeline import make_doc, make_pipeline, read, reading

__all__ = ["make_doc", "make_pipeline", "read", "reading"]


class _CallableModule(ModuleType):
    def __call__(self, config: str | Path | None = None) -> Language:
        """The pipeline of a config file, the package's own by default."""
        return make_pipeline(Path(config) if config else None)


sys.modules[__name__].__class__ = _CallableModule
