using System.Text.Json;

namespace Plimsoll.Engine.Vex;

/// <summary>The product tree of a CSAF document: what the ids stand for that its vulnerabilities name products by (CSAF 2.0, 3.2.2).</summary>
internal sealed class CsafProducts
{
    /// <summary>Package URLs of one product.</summary>
    const int MostIds = 100;

    readonly Dictionary<string, (string? Name, List<string> Ids)> _products = new(StringComparer.Ordinal);
    readonly Dictionary<string, (string Component, string Platform)> _relationships = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);
    readonly Dictionary<string, VexProduct?> _found = new(StringComparer.Ordinal);
    long _grouped;

    public static CsafProducts Of(JsonElement? tree)
    {
        var products = new CsafProducts();
        if (tree is not { } root)
            return products;
        foreach (var product in root.Items("full_product_names"))
            products.Add(product);
        products.Branches(root);
        foreach (var relationship in root.Items("relationships"))
            products.Relate(relationship);
        foreach (var group in root.Items("product_groups"))
            if (group.Word("group_id") is { } id)
                products._groups[id] = [.. group.Words("product_ids")];
        return products;
    }

    /// <exception cref="MalformedVexException">Its groups are named more often than any document does.</exception>
    public IReadOnlyList<string> Group(string id) => _groups.GetValueOrDefault(id) is not { } group ? []
        : (_grouped += group.Count) <= VexLimits.Products ? group : throw new MalformedVexException("its groups name more products than any document does");

    /// <summary>Null where nothing tells it that could be compared.</summary>
    public VexProduct? Find(string id) => _found.TryGetValue(id, out var known) ? known : _found[id] = Look(id);

    VexProduct? Look(string id)
    {
        var own = IdsOf(id);
        if (!_relationships.TryGetValue(id, out var related))
            return own.Count > 0 ? new VexProduct(own, []) : null;
        var (component, platform) = (own.Count > 0 ? own : IdsOf(related.Component), IdsOf(related.Platform));
        if (component.Count == 0)
            return null;
        if (platform.Count == 0)
            return new VexProduct(component, [], Within: _products.GetValueOrDefault(related.Platform).Name ?? related.Platform);
        string[] packages = [.. component.Where(one => one.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))];
        return packages.Length > 0 ? new VexProduct(platform, packages) : null;
    }

    // As deep as the document itself may be.
    void Branches(JsonElement parent)
    {
        foreach (var branch in parent.Items("branches"))
        {
            if (branch.Object("product") is { } product)
                Add(product);
            Branches(branch);
        }
    }

    void Relate(JsonElement one)
    {
        if (one.Object("full_product_name") is not { } product || product.Word("product_id") is not { } id)
            throw new MalformedVexException("a relationship of its product tree has no product");
        Add(product);
        if (one.Word("product_reference") is { } component && one.Word("relates_to_product_reference") is { } platform)
            _relationships[id] = (component, platform);
        else
            throw new MalformedVexException("a relationship of its product tree is between nothing");
    }

    void Add(JsonElement product)
    {
        if (product.Word("product_id") is not { } id)
            throw new MalformedVexException("a product of its product tree has no product_id");
        var helper = product.Object("product_identification_helper");
        if (helper is { } many && many.Words("purls").Skip(MostIds).Any())
            throw new MalformedVexException($"a product of its product tree has more than {MostIds} package URLs");
        // One id for two products would state of the one what is meant of the other.
        if (!_products.TryAdd(id, (product.Word("name"), helper is { } known ? Ids(known) : [])))
            throw new MalformedVexException($"its product tree has two products with the product_id {id}");
    }

    // CSAF 2.1 may give several package URLs.
    static List<string> Ids(JsonElement helper) =>
    [
        .. new[] { helper.Word("purl") }.OfType<string>(), .. helper.Words("purls"),
        .. helper.Items("hashes").SelectMany(hash => hash.Items("file_hashes")).Where(hash => hash.Word("algorithm") == "sha256").Select(hash => hash.Word("value") is { } value ? $"sha256:{value.ToLowerInvariant()}" : null).OfType<string>(),
    ];

    List<string> IdsOf(string id) => _products.GetValueOrDefault(id).Ids ?? [];
}
