using System.Text.Json;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Vex;

/// <summary>The components of a CycloneDX document, by the references that its vulnerabilities name them by.</summary>
internal sealed class CycloneDxComponents
{
    /// <summary>Begins a reference to a component of a document, <c>urn:cdx:SERIAL/VERSION#REFERENCE</c> (ECMA-424, BOM-Link).</summary>
    const string Link = "urn:cdx:";

    /// <summary>Versions of one component that an analysis names.</summary>
    const int MostVersions = 1000;

    readonly Dictionary<string, Known> _components = new(StringComparer.Ordinal);
    string? _serial;
    Known? _subject;

    public static CycloneDxComponents Of(JsonElement root, JsonElement? metadata)
    {
        var components = new CycloneDxComponents { _serial = root.Word("serialNumber") };
        if (metadata?.Object("component") is { } subject)
        {
            components._subject = components.Put(subject, null);
            foreach (var part in subject.Items("components"))
                components.Add(part, components._subject);
        }
        foreach (var component in root.Items("components"))
            components.Add(component, components._subject);
        return components;
    }

    /// <summary>What an entry of <c>affects</c> is about; nothing where it only names versions that are not affected.</summary>
    public IEnumerable<VexProduct> Products(JsonElement affects)
    {
        var reference = affects.Word("ref") ?? throw new MalformedVexException("it affects something without a ref");
        var known = Find(reference);
        var versions = affects.Items("versions").ToList();
        if (versions.Count == 0)
            return [known.Product()];
        if (versions.Count > MostVersions)
            throw new MalformedVexException($"it names more than {MostVersions} versions of one component");
        return [.. versions.Where(version => version.Word("status") is null or "affected").Select(version => known.At(version.Word("version") ?? throw new MalformedVexException("it names a range of versions, which is not read")).Product())];
    }

    Known Find(string reference)
    {
        if (_components.TryGetValue(reference, out var own))
            return own;
        var (of, name) = Parts(reference);
        if (name is not null && of == _serial?.Replace("urn:uuid:", "", StringComparison.Ordinal) && _components.TryGetValue(name, out own))
            return own;
        // The component stands elsewhere, and its reference is what it is most often: its package URL.
        if (name is not null && _subject is null)
            throw new MalformedVexException("it affects a part of a document that is not here, and nothing tells which image that is");
        if ((name ?? reference) is var url && url.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
            return new Known(url, [url], _subject is null || _subject.Ids.Contains(url) ? null : _subject);
        throw new MalformedVexException(name is null && reference.StartsWith(Link, StringComparison.Ordinal) ? "it affects a whole document that is not here" : $"it affects a component that is not here: {reference}");
    }

    static (string? Document, string? Component) Parts(string reference) =>
        reference.StartsWith(Link, StringComparison.Ordinal) && reference.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash
            ? (reference[Link.Length..hash].Split('/')[0], Uri.UnescapeDataString(reference[(hash + 1)..])) : (null, null);

    // As deep as the document itself may be. An image of several is a product of its own.
    void Add(JsonElement component, Known? owner)
    {
        var isImage = component.Word("type") == "container";
        var known = Put(component, isImage ? null : owner);
        foreach (var part in component.Items("components"))
            Add(part, isImage ? known : owner);
    }

    // One reference for two components would state of the one what is meant of the other.
    Known Put(JsonElement component, Known? owner)
    {
        var known = new Known(component.Word("name"), IdsOf(component), owner);
        return component.Word("bom-ref") is { } reference && !_components.TryAdd(reference, known)
            ? throw new MalformedVexException($"it has two components with the bom-ref {reference}") : known;
    }

    static List<string> IdsOf(JsonElement component)
    {
        var ids = new List<string>();
        // Without a version it would be about all of them, also where the component has one.
        if (component.Word("purl") is { } purl)
            if (component.Word("version") is not { } its || Purl.Parse(purl) is not { Version: null } bare || bare.Qualifiers.ContainsKey("tag"))
                ids.Add(purl);
            else if (component.Word("type") != "container")
                ids.Add(WithVersion(purl, its));
        // An image may be told by its digest, or by the name that it is inspected by.
        if (component.Word("type") == "container" && component.Word("version") is { } version)
            ids.Add(Digest.TryParse(version, null, out _) ? version : $"{component.Word("name")}:{version}");
        return ids;
    }

    /// <param name="Owner">What it is a part of; null where it stands for itself.</param>
    sealed record Known(string? Name, IReadOnlyList<string> Ids, Known? Owner)
    {
        public VexProduct Product()
        {
            if (Ids.Count == 0)
                throw new MalformedVexException($"it affects a component without a package URL: {Name}");
            if (Owner is null)
                return new VexProduct(Ids, []);
            // An analysis is of a component as that product uses it: elsewhere it may do harm.
            return Owner.Ids.Count > 0 ? new VexProduct(Owner.Ids, Ids) : throw new MalformedVexException($"it is about a part of {Owner.Name}, and nothing tells which image that is");
        }

        public Known At(string version) => this with
        {
            Ids = [.. Ids.Where(id => id.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase)).Select(id => WithVersion(id, version))],
        };
    }

    static string WithVersion(string url, string version)
    {
        var end = url.IndexOfAny(['?', '#']);
        return $"{Bare(end < 0 ? url : url[..end])}@{Uri.EscapeDataString(version)}{(end < 0 ? "" : url[end..])}";
    }

    static string Bare(string url) => url.LastIndexOf('@') is var at && at > url.LastIndexOf('/') + 1 ? url[..at] : url;
}
