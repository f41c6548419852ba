"""Components for readers that others have made: a tagger's entities, another spaCy pipeline, a language model.

None of them is in the built-in pipeline; a config file puts them there by name (`docs/plug-ins.md`). Whatever they
find must stand in the text and be of a type of the ontology; the rest is set aside (`set_aside`).
"""

from kg.nlp.plugins.setting_aside import SetAside, set_aside

__all__ = ["SetAside", "set_aside"]
