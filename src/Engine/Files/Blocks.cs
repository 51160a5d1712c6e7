namespace Plimsoll.Engine.Files;

/// <summary>A growing list in blocks that never move: no copying, no garbage and a stable place to write to.</summary>
internal sealed class Blocks<T> where T : struct
{
    const int Size = 1 << 10;

    readonly List<T[]> _blocks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _blocks[index / Size][index % Size];

    public int Add(in T item)
    {
        if (Count % Size == 0)
            _blocks.Add(new T[Size]);
        _blocks[^1][Count % Size] = item;
        return Count++;
    }
}

/// <summary>Short pieces of text as bytes, end to end.</summary>
internal sealed class ByteArena
{
    const int Size = 1 << 16;

    readonly List<byte[]> _blocks = [];
    int _end = Size;

    public ReadOnlySpan<byte> this[TextSlice slice] => slice.Length == 0 ? default : _blocks[slice.Block].AsSpan(slice.Start, slice.Length);

    public TextSlice Add(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return default;
        if (_end + text.Length > Size)
        {
            _blocks.Add(new byte[Size]);
            _end = 0;
        }
        text.CopyTo(_blocks[^1].AsSpan(_end));
        var slice = new TextSlice(_blocks.Count - 1, (ushort)_end, (ushort)text.Length);
        _end += text.Length;
        return slice;
    }
}

/// <summary>Where a text lies in a <see cref="ByteArena"/>.</summary>
internal readonly record struct TextSlice(int Block, ushort Start, ushort Length);
