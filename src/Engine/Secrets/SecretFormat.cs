namespace Plimsoll.Engine.Secrets;

/// <summary>The secrets of a file as bytes, inside a layer's index: as little of their values as everywhere else.</summary>
internal static class SecretFormat
{
    public static void Write(BinaryWriter writer, IReadOnlyList<FileSecret> secrets)
    {
        writer.Write7BitEncodedInt(secrets.Count);
        foreach (var secret in secrets)
        {
            writer.Write(secret.Rule.Id);
            writer.Write7BitEncodedInt(secret.Line ?? 0);
            writer.Write(secret.Masked);
            writer.Write((ulong)(secret.Value >> 64));
            writer.Write((ulong)secret.Value);
        }
    }

    /// <exception cref="FormatException">A rule is not known any more.</exception>
    public static IReadOnlyList<FileSecret> Read(BinaryReader reader)
    {
        var secrets = new List<FileSecret>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var id = reader.ReadString();
            var rule = SecretRules.Find(id) ?? throw new FormatException($"there is no rule {id}");
            var line = reader.Read7BitEncodedInt();
            secrets.Add(new FileSecret(rule, line > 0 ? line : null, reader.ReadString(), new UInt128(reader.ReadUInt64(), reader.ReadUInt64())));
        }
        return secrets;
    }
}
