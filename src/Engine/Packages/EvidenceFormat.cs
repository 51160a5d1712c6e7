using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Packages;

/// <summary>Evidence as bytes, inside a layer's index.</summary>
internal static class EvidenceFormat
{
    public static void Write(BinaryWriter writer, PackageEvidence evidence)
    {
        writer.Write7BitEncodedInt(evidence.Packages.Count);
        foreach (var package in evidence.Packages)
            Write(writer, package);
        LayerIndexFormat.Texts(writer, evidence.Notes);
        writer.Write7BitEncodedInt(evidence.Owned.Count);
        // Most files of a list have one owner.
        var owner = "";
        foreach (var owned in evidence.Owned)
        {
            writer.Write(owned.Hash);
            writer.Write(owned.Package != owner);
            if (owned.Package != owner)
                writer.Write(owner = owned.Package);
        }
        LayerIndexFormat.Map(writer, evidence.Licences, writer.Write, licences => LayerIndexFormat.Texts(writer, licences));
    }

    public static PackageEvidence Read(BinaryReader reader)
    {
        var packages = new List<InstalledPackage>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            packages.Add(Package(reader));
        var notes = LayerIndexFormat.Texts(reader);
        var owned = new List<OwnedPath>();
        var owner = "";
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var hash = reader.ReadUInt64();
            if (reader.ReadBoolean())
                owner = reader.ReadString();
            owned.Add(new OwnedPath(hash, owner));
        }
        return new PackageEvidence(packages, notes) { Owned = owned, Licences = LayerIndexFormat.Map(reader, reader.ReadString, () => LayerIndexFormat.Texts(reader)) };
    }

    static void Write(BinaryWriter writer, InstalledPackage package)
    {
        writer.Write(package.Type);
        writer.Write(package.Name);
        writer.Write(package.Version);
        Optional(writer, package.Architecture);
        Optional(writer, package.Source?.Name);
        Optional(writer, package.Source?.Version);
        LayerIndexFormat.Texts(writer, package.Licences);
        writer.Write7BitEncodedInt(package.Qualifiers.Count);
        foreach (var (key, value) in package.Qualifiers)
        {
            writer.Write(key);
            writer.Write(value);
        }
        Optional(writer, package.Inside);
    }

    static InstalledPackage Package(BinaryReader reader)
    {
        var package = new InstalledPackage(reader.ReadString(), reader.ReadString(), reader.ReadString()) { Architecture = Optional(reader) };
        var (source, version) = (Optional(reader), Optional(reader));
        var licences = LayerIndexFormat.Texts(reader);
        var qualifiers = new List<KeyValuePair<string, string>>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            qualifiers.Add(new(reader.ReadString(), reader.ReadString()));
        return package with { Source = source is null ? null : new SourcePackage(source, version), Licences = licences, Qualifiers = qualifiers, Inside = Optional(reader) };
    }

    static void Optional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    static string? Optional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
