using System.Text.Json;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Sboms;

/// <summary>What an SPDX 2 document lists (SPDX 2.3, clauses 7, 11 and 12; earlier versions name the same).</summary>
internal static class SpdxReader
{
    /// <summary>What annotations of Plimsoll begin with.</summary>
    const string Owner = "plimsoll:ownedBy=";

    /// <summary>One for each of several containers that the document describes, with what they contain; else one with everything.</summary>
    public static IEnumerable<ListedImage> Images(JsonElement root)
    {
        var packages = root.Objects("packages").ToList();
        var containers = packages.Where(package => package.Text("primaryPackagePurpose") == "CONTAINER").ToList();
        if (containers.Count < 2)
            return [Image(containers.Count == 1 ? containers[0] : default, packages.Where(package => package.Text("primaryPackagePurpose") != "CONTAINER"))];
        var inside = root.Objects("relationships").Where(one => one.Text("relationshipType") == "CONTAINS").ToLookup(one => one.Text("spdxElementId"), one => one.Text("relatedSpdxElement"));
        var byId = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var package in packages.Where(one => !IsContainer(one)))
            if (package.Text("SPDXID") is { } id)
                byId.TryAdd(id, package);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        List<ListedImage> images =
        [
            .. containers.Select(container =>
            {
                List<string> ids = [.. inside[container.Text("SPDXID")].OfType<string>().Distinct(StringComparer.Ordinal).Where(byId.ContainsKey)];
                placed.UnionWith(ids);
                return Image(container, ids.Select(id => byId[id]));
            }),
        ];
        // What is in none of them, or in a part of one, is not lost.
        var rest = packages.Where(one => !IsContainer(one) && !(one.Text("SPDXID") is { } id && placed.Contains(id))).ToList();
        return rest.Count > 0 ? [.. images, Image(default, rest)] : images;
    }

    static bool IsContainer(JsonElement package) => package.Text("primaryPackagePurpose") == "CONTAINER";

    static ListedImage Image(JsonElement container, IEnumerable<JsonElement> all)
    {
        var (os, listed, omitted) = ((OsRelease?)null, new List<ListedPackage>(), 0);
        foreach (var package in all)
            if (package.Text("primaryPackagePurpose") is "OPERATING_SYSTEM" or "OPERATING-SYSTEM")
                os ??= package.Text("name") is { } id ? new OsRelease(ListedImage.OsId(id), package.Text("versionInfo"), package.Text("summary") ?? id) : null;
            else if (PurlOf(package) is not { } purl)
                omitted++;
            else if (purl.Type is not ("oci" or "docker"))
                listed.Add(new ListedPackage(purl, [package.Text("name") ?? ""], package.Text("versionInfo")) { OwnedBy = OwnerOf(package), Licences = LicencesOf(package) });
        var packages = listed.FindAll(package => !package.IsOverlong);
        omitted += listed.Count - packages.Count;
        return new ListedImage(container.Text("name"), os, packages, omitted) { ManifestDigest = Digest.TryParse(container.Text("versionInfo")) };
    }

    static PurlParts? PurlOf(JsonElement package) =>
        package.Objects("externalRefs").FirstOrDefault(one => one.Text("referenceType") == "purl").Text("referenceLocator") is { } purl ? PurlParts.Of(purl) : null;

    static string? OwnerOf(JsonElement package) =>
        package.Objects("annotations").Select(one => one.Text("comment")).FirstOrDefault(comment => comment?.StartsWith(Owner, StringComparison.Ordinal) is true)?[Owner.Length..];

    static IReadOnlyList<string> LicencesOf(JsonElement package) => package.Text("licenseDeclared") is { } licence and not ("NOASSERTION" or "NONE") ? [licence] : [];
}
