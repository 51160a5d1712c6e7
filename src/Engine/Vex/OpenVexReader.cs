using System.Globalization;
using System.Text.Json;

namespace Plimsoll.Engine.Vex;

/// <summary>
/// OpenVEX 0.0.1 to 0.2.0 (github.com/openvex/spec, OPENVEX-SPEC.md). Before 0.2.0 a vulnerability, a product and a subcomponent are texts, and subcomponents are those of
/// the statement.
/// </summary>
internal static class OpenVexReader
{
    static readonly HashSet<string> Justifications = new(
        ["component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path", "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist"], StringComparer.Ordinal);

    public static bool IsOne(JsonElement root) => root.Member("@context") switch
    {
        { ValueKind: JsonValueKind.String } one => IsContext(one),
        { ValueKind: JsonValueKind.Array } all => all.EnumerateArray().Any(IsContext),
        _ => false,
    };

    public static VexDocument Read(JsonElement root)
    {
        var at = root.Moment("last_updated") ?? root.Moment("timestamp");
        var draft = new VexDraft();
        var number = 0;
        foreach (var statement in root.Items("statements"))
            draft.Try(++number, () => NamesOf(statement), () => draft.Add(Statement(statement, root.Moment("timestamp") ?? at)));
        return draft.Whole(root.Word("@id") ?? throw new MalformedVexException("it is OpenVEX and has no @id"), "OpenVEX", root.Word("author"), at, VersionOf(root));
    }

    /// <summary>A number, or one in quotes.</summary>
    internal static string? VersionOf(JsonElement one) => one.Member("version") switch
    {
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : throw new MalformedVexException("its version is not a whole number"),
        _ => one.Word("version"),
    };

    static bool IsContext(JsonElement one) => one.ValueKind == JsonValueKind.String && one.ValueEquals("https://openvex.dev/ns")
        || one.ValueKind == JsonValueKind.String && one.Word("@context", VexLimits.NameLength)?.StartsWith("https://openvex.dev/ns/", StringComparison.Ordinal) is true;

    static VexStatement Statement(JsonElement one, DateTimeOffset? at)
    {
        var status = one.Word("status") switch
        {
            "not_affected" => VexStatus.NotAffected,
            "affected" => VexStatus.Affected,
            "fixed" => VexStatus.Fixed,
            "under_investigation" => VexStatus.UnderInvestigation,
            null => throw new MalformedVexException("it has no status"),
            var other => throw new MalformedVexException($"its status is none that OpenVEX has: {other}"),
        };
        var (justification, impact) = (one.Word("justification"), one.Prose("impact_statement"));
        if (justification is not null && !Justifications.Contains(justification))
            justification = impact is not null ? null : throw new MalformedVexException($"its justification is none that OpenVEX has: {justification}");
        string[] shared = [.. one.Items("subcomponents").SelectMany(component => IdsOf(component, "subcomponents"))];
        return new VexStatement(
            NamesOf(one), [.. one.Items("products").Select(product => Product(product, shared))], status, status == VexStatus.NotAffected ? justification : null,
            impact ?? one.Prose("action_statement") ?? (status == VexStatus.NotAffected ? null : one.Prose("status_notes")), one.Moment("last_updated") ?? one.Moment("timestamp") ?? at);
    }

    static List<string> NamesOf(JsonElement statement) => statement.Member("vulnerability") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } name => name.Word("vulnerability", VexLimits.NameLength) is { } only ? [only] : [],
        { ValueKind: JsonValueKind.Object } one => [.. new[] { one.Word("name") ?? one.Word("@id") }.OfType<string>(), .. one.Words("aliases")],
        _ => throw new MalformedVexException("its vulnerability is neither a text nor an object"),
    };

    static VexProduct Product(JsonElement one, string[] shared)
    {
        string[] own = one.ValueKind == JsonValueKind.Object ? [.. one.Items("subcomponents").SelectMany(component => IdsOf(component, "subcomponents"))] : [];
        string[] components = own.Length > 0 ? own : shared;
        // Of a component that nothing is known by, none would be left, and the statement would be about all.
        if (components.Length > 0 && !components.Any(id => id.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase)))
            throw new MalformedVexException($"its subcomponents have no package URL: {components[0]}");
        return new VexProduct([.. IdsOf(one, "products")], components);
    }

    static List<string> IdsOf(JsonElement one, string what)
    {
        var ids = new List<string>();
        if (one.ValueKind == JsonValueKind.String)
            ids.AddRange(one.Word(what, VexLimits.NameLength) is { } only ? [only] : []);
        else if (one.ValueKind == JsonValueKind.Object)
        {
            ids.AddRange(new[] { one.Word("@id"), one.Object("identifiers")?.Word("purl") }.OfType<string>());
            if (one.Object("hashes")?.Word("sha-256") is { } hash)
                ids.Add($"sha256:{hash.ToLowerInvariant()}");
        }
        return ids.Count > 0 ? ids : throw new MalformedVexException($"one of its {what} is named by nothing");
    }
}
