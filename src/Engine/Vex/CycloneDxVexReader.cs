using System.Security.Cryptography;
using System.Text.Json;

namespace Plimsoll.Engine.Vex;

/// <summary>
/// CycloneDX 1.4 to 1.6 (ECMA-424) with analyses of vulnerabilities, whether the components stand in the same document or in another. A vulnerability without an analysis
/// is none of its statements.
/// </summary>
internal static class CycloneDxVexReader
{
    public static bool IsOne(JsonElement root) => root.Member("bomFormat") is { ValueKind: JsonValueKind.String } format && format.ValueEquals("CycloneDX")
        && root.Member("specVersion") is { ValueKind: JsonValueKind.String } version && version.Word("specVersion", VexLimits.NameLength) is "1.4" or "1.5" or "1.6";

    public static VexDocument Read(JsonElement root, ReadOnlySpan<byte> json)
    {
        var metadata = root.Object("metadata");
        var at = metadata?.Moment("timestamp");
        var components = CycloneDxComponents.Of(root, metadata);
        var draft = new VexDraft();
        var number = 0;
        foreach (var vulnerability in root.Items("vulnerabilities"))
        {
            number++;
            if (vulnerability.Member("analysis") is not null)
                draft.Try(number, () => NamesOf(vulnerability), () => draft.Add(Statement(vulnerability, components, at)));
        }
        return draft.Whole(root.Word("serialNumber") ?? $"sha256:{Convert.ToHexStringLower(SHA256.HashData(json))}", "CycloneDX", AuthorOf(metadata), at, OpenVexReader.VersionOf(root));
    }

    static VexStatement Statement(JsonElement one, CycloneDxComponents components, DateTimeOffset? at)
    {
        var analysis = one.Object("analysis")!.Value;
        var state = analysis.Word("state");
        var status = state switch
        {
            "resolved" or "resolved_with_pedigree" => VexStatus.Fixed,
            "exploitable" => VexStatus.Affected,
            "in_triage" => VexStatus.UnderInvestigation,
            "false_positive" or "not_affected" => VexStatus.NotAffected,
            null => throw new MalformedVexException("its analysis has no state"),
            _ => throw new MalformedVexException($"the state of its analysis is none that CycloneDX has: {state}"),
        };
        // That it was found by mistake is a reason by itself.
        var justification = status != VexStatus.NotAffected ? null : analysis.Word("justification") ?? (state == "false_positive" ? state : null);
        return new VexStatement(
            NamesOf(one), [.. one.Items("affects").SelectMany(components.Products)], status, justification, analysis.Prose("detail") ?? (status == VexStatus.NotAffected ? null : ActionOf(one, analysis)),
            analysis.Moment("lastUpdated") ?? analysis.Moment("firstIssued") ?? at);
    }

    static List<string> NamesOf(JsonElement one) => [.. new[] { one.Word("id") }.OfType<string>(), .. one.Items("references").Select(reference => reference.Word("id")).OfType<string>()];

    static string? ActionOf(JsonElement one, JsonElement analysis) => string.Join("; ", new[] { one.Prose("recommendation"), one.Prose("workaround") }.OfType<string>()
        .Concat(analysis.Words("response").Select(word => word.Replace('_', ' ')))) is { Length: > 0 } action ? action : null;

    static string? AuthorOf(JsonElement? metadata) => metadata is not { } known ? null
        : known.Items("authors").Select(author => author.Word("name")).OfType<string>().FirstOrDefault()
            ?? known.Object("supplier")?.Word("name") ?? known.Object("manufacturer")?.Word("name") ?? known.Object("manufacture")?.Word("name");
}
