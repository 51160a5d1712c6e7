using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Reports;

/// <summary>The records and the published schema name the same members, also those that no sample happens to fill.</summary>
public sealed class SchemaTests
{
    static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Repository.At("docs/report.schema.json")))!;

    [Fact]
    public void Every_member_of_the_records_is_in_the_schema_and_the_other_way_round()
    {
        var wrong = new List<string>();
        Compare(typeof(Report), Schema, "report", wrong);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_object_of_the_schema_is_closed_and_requires_all_its_members() =>
        Assert.All(Objects(Schema).Where(node => node["properties"] is not null), node =>
        {
            Assert.Equal("false", node["additionalProperties"]?.ToJsonString());
            Assert.Equal(node["properties"]!.AsObject().Select(member => member.Key).Order(), node["required"]!.AsArray().Select(name => (string)name!).Order());
        });

    static void Compare(Type type, JsonNode schema, string place, List<string> wrong)
    {
        var shape = Shape(schema);
        var members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => !member.IsDefined(typeof(System.Text.Json.Serialization.JsonIgnoreAttribute))).ToDictionary(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        var described = shape?["properties"]?.AsObject().ToDictionary() ?? [];
        wrong.AddRange(members.Keys.Except(described.Keys).Select(name => $"{place}.{name} is not in the schema"));
        wrong.AddRange(described.Keys.Except(members.Keys).Select(name => $"{place}.{name} is only in the schema"));
        foreach (var (name, member) in members.Where(pair => described.ContainsKey(pair.Key)))
        {
            var items = member.PropertyType.IsGenericType && member.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
            var inner = items ? member.PropertyType.GetGenericArguments()[0] : member.PropertyType;
            if (IsRecord(inner))
                Compare(inner, items ? Resolve(described[name]!)["items"]! : described[name]!, $"{place}.{name}", wrong);
        }
    }

    static bool IsRecord(Type type) =>
        type.IsClass && type.Assembly == typeof(Report).Assembly && type != typeof(Digest) && type != typeof(Platform);

    static JsonNode Resolve(JsonNode node) => (string?)node["$ref"] is { } target ? Schema["definitions"]![target.Split('/')[^1]]! : node;

    // Through references, and past the null of a member that may be null.
    static JsonNode? Shape(JsonNode node)
    {
        node = Resolve(node);
        return node["properties"] is not null ? node
            : (node["anyOf"] ?? node["oneOf"])?.AsArray().Select(choice => Shape(choice!)).FirstOrDefault(choice => choice is not null);
    }

    static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject found => found.Select(member => member.Value).SelectMany(Objects).Prepend(found),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
