using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Advisories;

/// <summary>Writes what of an image decides its vulnerabilities: components, each once for all images, and the set of them.</summary>
internal static class ComponentStore
{
    /// <summary>Rows of one statement: eleven values each, below SQLite's limit of parameters.</summary>
    const int Batch = 500;

    const string Open = "SELECT id FROM component_sets WHERE hash = $1", Held = $"{Open} FOR KEY SHARE";

    /// <summary>The set of an image's components; those that no image had so far are written, and wait to be matched.</summary>
    public static async Task<int> ComponentsOf(this PlimsollDb db, ImageReport image, CancellationToken ct)
    {
        // One order for all transactions, so that they never wait in a circle.
        var components = image.Packages.Where(package => package.RemovedIn is null).Select(package => Component.Of(package, image.Config.OperatingSystem))
            .Where(component => component.Ecosystem is not null).Select(Storable).Distinct().Select(component => (Component: component, Hash: HashOf(component)))
            .OrderBy(one => one.Hash, ByBytes).ToList();
        var hash = SHA256.HashData(components.SelectMany(one => one.Hash).ToArray());
        return await db.SetWith(hash, ct) ?? await db.NewSet(hash, components, ct);
    }

    /// <summary>Keys as they are stored: PostgreSQL takes no character U+0000.</summary>
    public static string Stored(string key) => key.Replace('\0', '\t');

    // Held until the image is stored, or the retention could take it in between.
    static async Task<int?> SetWith(this PlimsollDb db, byte[] hash, CancellationToken ct) =>
        await db.Rows(db.Database.IsNpgsql() ? Held : Open, row => (int?)row.GetInt32(0), [hash], ct) is [var id] ? id : null;

    static async Task<int> NewSet(this PlimsollDb db, byte[] hash, List<(Component, byte[] Hash)> components, CancellationToken ct)
    {
        var ids = new List<int>(components.Count);
        foreach (var batch in components.Chunk(Batch))
        {
            var known = await db.Known(batch, ct);
            // Those alone that are missing: PostgreSQL takes a number for each row that it tries, and they are to last.
            if (batch.Where(one => !known.ContainsKey(one.Hash)).ToArray() is { Length: > 0 } missing)
            {
                await Insert(db, missing, ct);
                known = await db.Known(batch, ct);
            }
            ids.AddRange(known.Values);
        }
        // Another transaction may have written the same set meanwhile: then its items are there, and these are not written.
        while (await db.Database.ExecuteSqlAsync($"INSERT INTO component_sets (hash) VALUES ({hash}) ON CONFLICT (hash) DO NOTHING", ct) == 0)
            if (await db.SetWith(hash, ct) is { } other)
                return other;
        var set = (await db.SetWith(hash, ct))!.Value;
        db.ComponentSetItems.AddRange(ids.Select(id => new ComponentSetItemRow { SetId = set, ComponentId = id }));
        await db.SaveChangesAsync(ct);
        return set;
    }

    static Task<Dictionary<byte[], int>> Known(this PlimsollDb db, (Component, byte[] Hash)[] components, CancellationToken ct)
    {
        var hashes = components.Select(one => one.Hash).ToList();
        return db.Components.Where(row => hashes.Contains(row.Hash)).Select(row => new { row.Hash, row.Id }).ToDictionaryAsync(row => row.Hash, row => row.Id, SameBytes, ct);
    }

    static Task<int> Insert(PlimsollDb db, (Component Component, byte[] Hash)[] components, CancellationToken ct)
    {
        var values = new List<object?>();
        var tuples = new List<string>();
        foreach (var (component, hash) in components)
        {
            var keys = PackageKeys.Of(component).Select(Stored).ToList();
            object?[] row = [hash, component.Ecosystem, component.Name, component.Version, component.SourceName, component.SourceVersion, component.Stream, component.Architecture, component.Owner.ToString(), keys[0], keys.ElementAtOrDefault(1)];
            tuples.Add($"({string.Join(", ", row.Select((_, i) => $"{{{values.Count + i}}}"))}, 0)");
            values.AddRange(row);
        }
        var statement = $"""
            INSERT INTO components (hash, ecosystem, name, version, source_name, source_version, stream, architecture, owner, key, source_key, revision)
            VALUES {string.Join(", ", tuples)} ON CONFLICT (hash) DO NOTHING
            """;
        return db.Database.ExecuteSqlRawAsync(statement, values!, ct);
    }

    // What an image says of itself may have anything in it.
    static Component Storable(Component component) => component with
    {
        Ecosystem = Stored(component.Ecosystem!), Name = Stored(component.Name), Version = Stored(component.Version), SourceName = Stored(component.SourceName), SourceVersion = Stored(component.SourceVersion),
        Stream = component.Stream is { } stream ? Stored(stream) : null, Architecture = component.Architecture is { } architecture ? Stored(architecture) : null,
    };

    /// <summary>What <see cref="ComponentRow.Hash"/> is of a component.</summary>
    public static byte[] HashOf(Component component)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var text in (string?[])[component.Ecosystem, component.Name, component.Version, component.SourceName, component.SourceVersion, component.Stream, component.Architecture, component.Owner.ToString()])
        {
            // With its length, so that no two lists of texts are alike.
            BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? -1);
            hash.AppendData(length);
            hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        }
        return hash.GetHashAndReset();
    }

    static readonly EqualityComparer<byte[]> SameBytes = EqualityComparer<byte[]>.Create((left, right) => left.AsSpan().SequenceEqual(right), hash => BinaryPrimitives.ReadInt32LittleEndian(hash));

    static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));
}
