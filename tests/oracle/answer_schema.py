"""Are answers what schema/answers.schema.json says? Reads paths of answers from the command line.

Written and run with jsonschema 4.26. The schema leaves objects open, for forms to come; here they are closed, so that a
key that it does not know is found.
"""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)


def close(schema, is_part=False):
    """Closes objects, but for the parts of which another is made: what these do not know, the others may."""
    if isinstance(schema, list):
        for one in schema:
            close(one)
    if not isinstance(schema, dict):
        return
    if "properties" in schema and not is_part:
        schema["unevaluatedProperties"] = False
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            for one in value.values():
                close(one)
        elif key in ("oneOf", "anyOf", "allOf"):
            for one in value:
                close(one, is_part or "properties" in schema)
        elif isinstance(value, dict):
            close(value)


def main():
    schema = json.loads(pathlib.Path("schema/answers.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    close(schema)
    forms = {
        form["properties"]["schema"]["const"]: key
        for key, form in schema["$defs"].items()
        if "const" in form.get("properties", {}).get("schema", {})
    }
    wrong = 0
    for at, path in enumerate(sys.argv[1:]):
        answer = json.loads(pathlib.Path(path).read_text())
        form = {"$ref": f"#/$defs/{forms[answer['schema']]}", "$defs": schema["$defs"]}
        for error in jsonschema.Draft202012Validator(form).iter_errors(answer):
            best = jsonschema.exceptions.best_match([error])
            print(f"{path}: {'/'.join(map(str, best.absolute_path))}: {best.message[:300]}")
            wrong += 1
        # The whole must take it too, and only in its own form; it is slow to tell.
        if at < 2 and not jsonschema.Draft202012Validator({**schema}).is_valid(answer):
            print(f"{path}: not one of the forms")
            wrong += 1
    print(f"{len(sys.argv) - 1} answers in {len(forms)} forms")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
