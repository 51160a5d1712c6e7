namespace Plimsoll.Engine.Packages.Java;

/// <summary>Where a member of a zip archive is and how it is packed, as the central directory says. None of it is to be trusted.</summary>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Size">Bytes once unpacked.</param>
/// <param name="Header">Of the local header, from the start of the archive.</param>
internal readonly record struct ZipMember(ushort Flags, ushort Method, long Packed, long Size, long Header)
{
    /// <summary>Compression methods (APPNOTE 4.4.5).</summary>
    public const ushort Stored = 0, Deflated = 8;

    /// <summary>APPNOTE 4.4.4, bit 0.</summary>
    public bool IsEncrypted => (Flags & 1) != 0;
}
