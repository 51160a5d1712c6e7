using System.Text.Json;

namespace Plimsoll.Engine.Vex;

/// <summary>
/// Documents of the Common Security Advisory Framework 2.0 (OASIS) that say how vulnerabilities affect products: those of the VEX profile (4.5), and any other that has
/// statuses of products (3.2.3.9).
/// </summary>
internal static class CsafReader
{
    /// <summary>What the lists of <c>product_status</c> mean; <c>recommended</c> says nothing of a vulnerability.</summary>
    static readonly (string List, VexStatus Status)[] Lists =
    [
        ("known_not_affected", VexStatus.NotAffected), ("fixed", VexStatus.Fixed), ("first_fixed", VexStatus.Fixed), ("under_investigation", VexStatus.UnderInvestigation),
        ("known_affected", VexStatus.Affected), ("first_affected", VexStatus.Affected), ("last_affected", VexStatus.Affected),
    ];

    public static bool IsOne(JsonElement root) =>
        root.Member("document")?.Member("csaf_version") is { ValueKind: JsonValueKind.String } version && version.Word("csaf_version", VexLimits.NameLength)?.StartsWith("2.", StringComparison.Ordinal) is true;

    public static VexDocument Read(JsonElement root)
    {
        var document = root.Object("document")!.Value;
        var (tracking, publisher) = (document.Object("tracking"), document.Object("publisher"));
        var id = tracking?.Word("id") ?? throw new MalformedVexException("it is CSAF and has no document.tracking.id");
        var at = tracking.Value.Moment("current_release_date") ?? tracking.Value.Moment("initial_release_date");
        var tree = CsafProducts.Of(root.Object("product_tree"));
        var draft = new VexDraft();
        var number = 0;
        foreach (var vulnerability in root.Items("vulnerabilities"))
        {
            var place = ++number;
            draft.Try(place, () => NamesOf(vulnerability), () => Vulnerability(vulnerability, place, tree, at, draft));
        }
        // An id is its publisher's own (CSAF 2.0, 3.2.1.12.4).
        return draft.Whole(publisher?.Word("namespace") is { } space ? $"{space.TrimEnd('/')}/{id}" : id, "CSAF", publisher?.Word("name"), at, OpenVexReader.VersionOf(tracking.Value));
    }

    // What is wrong with one group of products is no reason to leave out the others.
    static void Vulnerability(JsonElement one, int number, CsafProducts tree, DateTimeOffset? at, VexDraft draft)
    {
        var names = NamesOf(one);
        var remarks = CsafRemarks.Of(one, tree);
        if (one.Object("product_status") is not { } statuses)
            return;
        foreach (var (list, status) in Lists)
        {
            var ids = statuses.Words(list).Distinct(StringComparer.Ordinal).ToList();
            foreach (var group in ids.GroupBy(id => (Justification: status == VexStatus.NotAffected ? remarks.Justification(id) : null, Text: remarks.TextOf(id, status))))
                draft.Try(number, () => names, () => draft.Add(new VexStatement(names, Known(group, tree), status, group.Key.Justification, group.Key.Text, at)));
        }
    }

    // Those that only a CPE or a name tells are not found in an image, and the others are.
    static List<VexProduct> Known(IEnumerable<string> ids, CsafProducts tree)
    {
        var products = ids.Select(tree.Find).OfType<VexProduct>().ToList();
        return products.Count > 0 ? products : throw new MalformedVexException("its products have neither a package URL nor a hash in the product tree");
    }

    static List<string> NamesOf(JsonElement one) => [.. new[] { one.Word("cve") }.OfType<string>(), .. one.Items("ids").Select(id => id.Word("text")).OfType<string>()];
}
