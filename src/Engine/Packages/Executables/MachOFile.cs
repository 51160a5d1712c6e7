namespace Plimsoll.Engine.Packages.Executables;

/// <summary>The load commands of a macOS program or library (<c>mach-o/loader.h</c>), and the architectures of a fat one (<c>mach-o/fat.h</c>).</summary>
internal static class MachOFile
{
    const int Segment32 = 1, Segment64 = 0x19, WritableProtection = 2, ZeroFilled = 1;
    const int MostCommandBytes = 1 << 20, MostArchitectures = 16;

    /// <summary>One executable for each architecture that has one.</summary>
    public static IReadOnlyList<Executable> ReadFat(EvidenceFile file)
    {
        var header = new Fields(file.Slice(0, 8).Span, bigEndian: true);
        var is64 = header.U32(0) == 0xCAFEBABF;
        var (count, stride) = (Math.Min(header.U32(4), MostArchitectures), is64 ? 32 : 20);
        var table = file.Slice(8, count * stride).Span;
        var found = new List<Executable>();
        for (var i = 0; i < count; i++)
            if (new Fields(table[(i * stride)..], bigEndian: true, is64).Length(8, 8) is var offset and > 0 && Read(file, offset) is { } executable)
                found.Add(executable);
        return found;
    }

    /// <summary>Null for what is neither a program, a library nor a bundle.</summary>
    public static Executable? Read(EvidenceFile file, long at)
    {
        var magic = new Fields(file.Slice(at, 4).Span, bigEndian: true).U32(0);
        if (magic is not (0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE))
            return null;
        var (bigEndian, is64) = ((magic & 0xFF) is 0xCE or 0xCF, magic is 0xFEEDFACF or 0xCFFAEDFE);
        var header = new Fields(file.Slice(at, 28).Span, bigEndian);
        // MH_EXECUTE, MH_DYLIB, MH_BUNDLE
        if (header.U32(12) is not (2 or 6 or 8))
            return null;
        var bytes = header.U32(20);
        return bytes <= MostCommandBytes
            ? Read(file, at, file.Slice(at + (is64 ? 32 : 28), bytes).Span, bigEndian)
            : throw new MalformedFileException("its headers are of no known form");
    }

    static Executable Read(EvidenceFile file, long at, ReadOnlySpan<byte> commands, bool bigEndian)
    {
        var (sections, segments) = (new List<Section>(), new List<Segment>());
        while (commands.Length >= 8)
        {
            var head = new Fields(commands, bigEndian);
            var (command, length) = (head.U32(0), head.U32(4));
            if (length < 8 || length > commands.Length)
                break;
            if (command is Segment32 or Segment64)
                Add(new Fields(commands[..(int)length], bigEndian, command == Segment64), at, sections, segments);
            commands = commands[(int)length..];
        }
        return new Executable(file, bigEndian, sections, segments);

        void Add(Fields segment, long at, List<Section> sections, List<Segment> segments)
        {
            var is64 = segment.U32(0) == Segment64;
            // Offsets count from the beginning of this architecture's part.
            if (InFile(at, segment.Length(32, 40)) is { } offset && segment.Length(36, 48) is var size and >= 0)
                segments.Add(new Segment(offset, size, segment.Word(24, 24), (segment.U32(is64 ? 60 : 44) & WritableProtection) != 0));
            var (first, stride) = is64 ? (72, 80) : (56, 68);
            var count = Math.Min(segment.U32(is64 ? 64 : 48), segment.U32(4) / (uint)stride);
            for (var i = 0; i < count && sections.Count < Executable.MostHeaders; i++)
            {
                var field = first + i * stride;
                if ((segment.U32(field + (is64 ? 64 : 56)) & 0xFF) != ZeroFilled && segment.Length(field + 36, field + 40) is var bytes and >= 0)
                    sections.Add(new Section(segment.Name(field, 16), at + segment.U32(field + (is64 ? 48 : 40)), bytes, segment.Word(field + 32, field + 32)));
            }
        }
    }

    static long? InFile(long at, long offset) => offset >= 0 && offset <= long.MaxValue - at ? at + offset : null;
}
