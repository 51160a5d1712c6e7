using System.Buffers.Binary;
using System.Text;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>A small ELF file with the build information of Go before 1.18: no compiler of that age is at hand.</summary>
internal static class OldGoProgram
{
    const int TextAt = 0x1000, DataAt = 0x2000;
    const uint Base = 0x400000;

    public static byte[] Elf(string version, string modules, int pointerBytes, bool big)
    {
        var file = new byte[0x3000];
        void Half(int at, int value) { if (big) BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at), (ushort)value); else BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value); }
        void Word(int at, ulong value, int bytes)
        {
            if (bytes == 8) { if (big) BinaryPrimitives.WriteUInt64BigEndian(file.AsSpan(at), value); else BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value); }
            else if (big) BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at), (uint)value);
            else BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), (uint)value);
        }
        var wide = pointerBytes == 8;
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(wide ? 2 : 1), (byte)(big ? 2 : 1), 1 }.CopyTo(file, 0);
        Half(16, 2);
        Word(wide ? 32 : 28, (ulong)(wide ? 64 : 52), pointerBytes);
        Half(wide ? 54 : 42, wide ? 56 : 32);
        Half(wide ? 56 : 44, 2);
        foreach (var (number, offset, flags) in new[] { (0, TextAt, 5), (1, DataAt, 6) })
        {
            var at = (wide ? 64 : 52) + number * (wide ? 56 : 32);
            Word(at, 1, 4);
            Word(at + (wide ? 4 : 24), (ulong)flags, 4);
            Word(at + (wide ? 8 : 4), (ulong)offset, pointerBytes);
            Word(at + (wide ? 16 : 8), Base + (ulong)offset, pointerBytes);
            Word(at + (wide ? 32 : 16), 0x1000, pointerBytes);
        }
        var marked = new string('<', 16) + modules + new string('>', 16);
        Encoding.ASCII.GetBytes(version).CopyTo(file, TextAt);
        Encoding.ASCII.GetBytes(marked).CopyTo(file, TextAt + 64);
        var info = DataAt + 0x40;
        new byte[] { 0xff }.Concat(" Go buildinf:"u8.ToArray()).ToArray().CopyTo(file, info);
        (file[info + 14], file[info + 15]) = ((byte)pointerBytes, (byte)(big ? 1 : 0));
        foreach (var (slot, text, length) in new[] { (0, TextAt, version.Length), (1, TextAt + 64, marked.Length) })
        {
            var header = DataAt + 0x100 + slot * 32;
            Word(info + 16 + slot * pointerBytes, Base + (ulong)header, pointerBytes);
            Word(header, Base + (ulong)text, pointerBytes);
            Word(header + pointerBytes, (ulong)length, pointerBytes);
        }
        return file;
    }
}
