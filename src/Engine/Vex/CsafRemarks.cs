using System.Text.Json;

namespace Plimsoll.Engine.Vex;

/// <summary>What a vulnerability of a CSAF document says of single products beside their status.</summary>
internal sealed class CsafRemarks
{
    /// <summary>For products that are named by none: what is said of all.</summary>
    const string All = "";

    readonly Dictionary<string, string> _flags = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _impacts = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _actions = new(StringComparer.Ordinal);

    public static CsafRemarks Of(JsonElement vulnerability, CsafProducts tree)
    {
        var remarks = new CsafRemarks();
        foreach (var flag in vulnerability.Items("flags"))
            Put(remarks._flags, flag, flag.Word("label"), tree);
        foreach (var threat in vulnerability.Items("threats"))
            if (threat.Word("category") == "impact")
                Put(remarks._impacts, threat, threat.Prose("details"), tree);
        foreach (var remediation in vulnerability.Items("remediations"))
            Put(remarks._actions, remediation, remediation.Prose("details") ?? remediation.Word("category"), tree);
        return remarks;
    }

    /// <summary>The label of a flag (CSAF 2.0, 3.2.3.5); null where the product has none.</summary>
    public string? Justification(string product) => Find(_flags, product);

    public string? TextOf(string product, VexStatus status) => Find(status == VexStatus.NotAffected ? _impacts : _actions, product);

    static string? Find(Dictionary<string, string> said, string product) => said.GetValueOrDefault(product) ?? said.GetValueOrDefault(All);

    static void Put(Dictionary<string, string> said, JsonElement remark, string? what, CsafProducts tree)
    {
        if (what is null)
            return;
        var groups = remark.Words("group_ids").Distinct(StringComparer.Ordinal).ToList();
        var products = remark.Words("product_ids").Concat(groups.SelectMany(tree.Group));
        // A group that is not there is no reason to take it for all.
        if (remark.Member("product_ids") is null && remark.Member("group_ids") is null)
            products = [All];
        foreach (var product in products)
            said.TryAdd(product, what);
    }
}
