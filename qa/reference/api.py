"""Write docs/reference/api.md from the OpenAPI of the plain routes: each route, its fields, its bodies, its codes."""

from collections.abc import Iterator
from typing import Any, cast

import fastapi

from qa.reference.tables import page as joined
from qa.reference.tables import table, written_by
from qa.web.api.completions import completion_routes
from qa.web.api.routes import plain_routes
from qa.web.services import Services

Json = dict[str, Any]

_ABOUT = """
The same as `/docs` and `/openapi.json` of a running server. How to call it: [the API](../howto/api.md). Bodies are JSON
in UTF-8, sent as `application/json`; a field that is not known is refused. What each code means stands under
[errors](errors.md). Gradio's endpoints and the MCP tools take the same fields."""
_METHODS = ("get", "post")


def openapi() -> Json:
    """Return the description of the routes, which needs no assistant."""
    nobody = Services(cast("Any", None))
    application = fastapi.FastAPI(title="Wenju", separate_input_output_schemas=False)
    application.include_router(plain_routes(nobody))
    application.include_router(completion_routes(nobody))
    return application.openapi()


def page() -> str:
    """Return the page as Markdown."""
    described = openapi()
    schemas: Json = described["components"]["schemas"]
    lines = [*written_by("The API", source="the routes in `qa/web/api`"), _ABOUT]
    for path, methods in described["paths"].items():
        for method in _METHODS:
            if method in methods:
                lines += _route(path, method, methods[method])
    lines += ["", "## Bodies"]
    for name in sorted(schemas):
        if schemas[name].get("properties") and not name.startswith(("HTTPValidation", "ValidationError")):
            lines += _body(name, schemas[name])
    return joined(lines)


def _route(path: str, method: str, route: Json) -> Iterator[str]:
    yield from ("", f"## {method.upper()} {path}", "", " ".join(route.get("description", "").split()), "")
    sent = route.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if sent:
        yield from (f"Send {_type(sent)}.", "")
    if route.get("parameters"):
        rows = (
            (f"`{one['name']}`", one["in"], _type(one["schema"]), _first(one.get("description", "")))
            for one in route["parameters"]
        )
        yield from (*table(("parameter", "in", "type", "meaning"), rows), "")
    for status, response in route["responses"].items():
        contents: Json = response.get("content", {})
        body: Json = next((one["schema"] for one in contents.values()), {})
        if body.get("$ref", "").endswith("/HTTPValidationError"):
            continue  # what FastAPI would say by itself; ours comes instead
        codes = ", ".join(
            part.partition(":")[0] for part in response["description"].split("; ") if part.startswith("`")
        )
        yield f"- **{status}**: {_type(body) if status == '200' else codes or _type(body)}"


def _body(name: str, schema: Json) -> Iterator[str]:
    yield from ("", f"### {name}", "", " ".join(schema.get("description", "").split()), "")
    needed = schema.get("required", [])
    rows = (
        (f"`{field}`", _type(about), "yes" if field in needed else "", _first(about.get("description", "")))
        for field, about in schema["properties"].items()
    )
    yield from table(("field", "type", "always" if name.endswith(("Body", "Fields")) else "needed", "meaning"), rows)


def _type(schema: Json) -> str:
    """Return a type in words, with a link to the body that it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema or "oneOf" in schema:
        return " or ".join(_type(one) for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())))
    if "enum" in schema or "const" in schema:
        values = schema["enum"] if "enum" in schema else [schema["const"]]
        return " or ".join(f"`{value}`" for value in values)
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "properties" in schema:
        return f"object of {', '.join(f'`{name}`' for name in schema['properties'])}"
    limits = [
        f"{word} {schema[key]:g}"
        for key, word in (("minimum", "from"), ("maximum", "to"), ("minLength", "from"), ("maxLength", "up to"))
        if key in schema
    ]
    named = str(schema.get("type", "any"))
    kind = {"integer": "whole number", "object": _values(schema)}.get(named, named)
    return " ".join([kind, *limits])


def _values(schema: Json) -> str:
    """Return an object in words whose names are not known beforehand."""
    values = schema.get("additionalProperties")
    return f"object: name → {_type(values)}" if isinstance(values, dict) else "object"


def _first(description: str) -> str:
    return " ".join(description.split())
