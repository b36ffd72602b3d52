"""Foreign service catalogues → a Plan, by a map.

``run(source, map)`` reads a YAML, JSON, CSV or XLSX file of any shape, fills the fields of our model by the JMESPath
expressions of a map, and reports what it could not place: values that a field refuses, links that point
nowhere, fields of the source that the map does not name, and names of the map that the source does not have. Nothing is
dropped in silence.

A map is a YAML file (see ``sm_planner/maps/``)::

    documents: true                # optional: expressions look into the list of the file's documents
    plan:                          # fields of the plan itself
      id: "'acme-services'"        # JMESPath: a text in quotes stands for itself
    collections:
      services:
        from: services[]           # the items, found in the whole source
        each: technical.roles[]    # optional: one record for each of these values of an item, named `each`
        distinct: true             # optional: the same id again adds its links and rows to the first
        fields:
          id: name                 # each name gets an id of its own, and links go where the names go
          title: friendly_name
          importance:              # a value looked up in a list
            path: tier
            values: {db: Critical, sv: High}
          service_owner:           # only what stands after the last of these characters: user:default/ada → ada
            path: owner
            after: ":/"            # short, of an id: the same, as far as that is nobody else's
      components:                  # a collection may be filled in several parts, one behind the other
        - {from: "hosts", distinct: true, fields: {id: name}}
        - {from: "services[]", each: hosts, distinct: true, fields: {id: each, services: "[name]"}}
"""

from sm_planner.engine.catalogue_import.fitting import LeftOut
from sm_planner.engine.catalogue_import.importing import Imported, run
from sm_planner.engine.catalogue_import.map_file import MapError, find_map, load_map

__all__ = ["Imported", "LeftOut", "MapError", "find_map", "load_map", "run"]
