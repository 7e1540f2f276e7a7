namespace McpFunctionApp.Tests.Sources.JsonSchemas;

/// <summary>Schemas as people, libraries and generators write them.</summary>
public static class SchemaStyles
{
    /// <summary>A name, a schema, and how many of its members become parameters.</summary>
    public static TheoryData<string, int, string> All { get; } =
        new()
        {
            {
                "2020-12 with $defs",
                5,
                """
                    {"$schema":"https://json-schema.org/draft/2020-12/schema","$defs":{"site":{"type":"string","enum":["Berlin",
                    "Wien"]}},"type":"object",
                     "properties":{"home":{"$ref":"#/$defs/site"},"work":{"$ref":"#/$defs/site","title":"Work"},
                     "days":{"type":"integer","minimum":1,"exclusiveMaximum":8},
                     "share":{"type":"number","exclusiveMinimum":0,"maximum":1},"note":{"type":["string","null"],
                     "maxLength":20}},"required":["home","days"],"additionalProperties":false}
                    """
            },
            {
                "draft 7 with definitions",
                3,
                """
                    {"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"id":{"type":"string",
                    "pattern":"^[A-Z]{2,4}-\\d+$"}},"type":"object",
                     "properties":{"ticket":{"$ref":"#/definitions/id"},"level":{"enum":[1,2,3]},"on":{"type":"string",
                     "format":"date"}},"required":["ticket"]}
                    """
            },
            {
                "of a form library",
                5,
                """
                    {"title":"A form","type":"object","required":["firstName","age"],"properties":{"firstName":{"type":"string",
                    "title":"First name","default":"Chuck"},
                     "age":{"type":"integer","title":"Age","maximum":150,"minimum":0},"bio":{"type":"string","minLength":3},
                     "color":{"type":"string","enum":["r","g"],"enumNames":["Red","Green"]},
                     "password":{"type":"string","format":"password"},"files":{"type":"array","items":{"type":"string",
                     "format":"data-url"}},"tags":{"type":"array","items":{"type":"object"}}}}
                    """
            },
            {
                "of a class with optional members",
                4,
                """
                    {"$defs":{"Kind":{"enum":["a","b"],"title":"Kind","type":"string"}},"properties":{"name":{"title":"Name",
                    "type":"string"},
                     "age":{"anyOf":[{"type":"integer","minimum":0},{"type":"null"}],"default":null,"title":"Age"},
                     "kind":{"allOf":[{"$ref":"#/$defs/Kind"}],"default":"a"},
                     "kinds":{"anyOf":[{"items":{"$ref":"#/$defs/Kind"},"type":"array","minItems":1,"maxItems":2},
                     {"type":"null"}],"default":null}},"required":["name"],"title":"Model","type":"object"}
                    """
            },
            {
                "of titled constants",
                4,
                """
                    {"type":"object","properties":{"risk":{"oneOf":[{"const":1,"title":"Low"},{"const":2,"title":"High"},
                    {"const":{"id":3},"title":"Odd"}]},
                     "systems":{"type":"array","uniqueItems":true,"items":{"anyOf":[{"const":"m","title":"Mail"},{"const":"n",
                     "title":"Net"}]}},"kind":{"const":"change"},"agree":{"const":true},
                     "or":{"oneOf":[{"const":"x"},{"enum":["y","z"]}]}},"required":["risk","systems","kind","agree"]}
                    """
            },
            {
                "of objects within objects",
                8,
                """
                    {"type":"object","properties":{"who":{"type":"object","properties":{"name":{"type":"string","minLength":2},
                    "mail":{"type":"string","format":"email"}},"required":["name"]},
                     "where":{"properties":{"site":{"enum":["B","W"]},"deep":{"properties":{"room":{"type":"string"},
                     "floor":{"type":"integer","default":1}},"required":["room"]}},"required":["site"]},
                     "window":{"type":"object","properties":{"start":{"type":"string","format":"date-time"},"fixed":{"const":5},
                     "must":{"type":"object","properties":{"x":{"type":"boolean"}}},"hours":{"type":"number","default":2.5}},
                     "required":["fixed","must"]}},"required":["who"]}
                    """
            },
            {
                "of alternatives",
                4,
                """
                    {"properties":{"a":{"oneOf":[{"type":"string","maxLength":3},{"type":"integer"}]},
                    "b":{"anyOf":[{"type":"object"},{"type":"number","maximum":5}]},
                     "c":{"oneOf":[{"type":"string"},{"maxLength":5}]},"d":{"type":["integer","boolean"]},
                     "e":{"oneOf":[{"type":"number"},{"type":"integer"}]},"f":{"anyOf":[{"enum":["x",1]},{"const":2}],
                     "type":"integer"}}}
                    """
            },
            {
                "of limits",
                7,
                """
                    {"properties":{"a":{"type":"string","minLength":2,"maxLength":4},"b":{"type":"string","pattern":"^\\w+$",
                    "maxLength":8},"c":{"type":"string","pattern":"a.c"},
                     "d":{"type":"integer","multipleOf":1,"minimum":-3,"maximum":3},"e":{"type":"number","multipleOf":0.5},
                     "f":{"type":"array","items":{"enum":["x","y","z"]},"minItems":2},
                     "g":{"type":"string","pattern":"^(?!x)"},"h":{"enum":["aa","bbb","c"],"maxLength":2},"i":{"type":"integer",
                     "exclusiveMinimum":-1.5}}}
                    """
            },
            {
                "of what no parameter can express",
                1,
                """
                    {"properties":{"plain":{},"not":{"not":{"type":"string"}},"if":{"if":{"minLength":3},"then":{"maxLength":4}},
                    "objects":{"type":"array","items":{"properties":{"a":{}}}},
                     "map":{"type":"object","additionalProperties":{"type":"string"}},
                     "tuple":{"prefixItems":[{"type":"string"}]},"file":{"type":"string","contentEncoding":"base64"},
                     "far":{"$ref":"https://elsewhere.example/x"}}}
                    """
            },
            {
                "combined from parts",
                3,
                """
                    {"$defs":{"base":{"properties":{"a":{"type":"string"},"b":{"minimum":1}},"required":["a"]}},
                    "allOf":[{"$ref":"#/$defs/base"}],
                     "properties":{"b":{"type":"integer","maximum":9},"c":{"type":"string","allOf":[{"minLength":2},
                     {"maxLength":4}]}},"required":["c"]}
                    """
            },
        };
}
