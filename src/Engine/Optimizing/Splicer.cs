namespace Plimsoll.Engine.Optimizing;

/// <summary>Copies a tar as its bytes arrive, but for what a plan cuts out.</summary>
internal sealed class Splicer(IReadOnlyList<Splice> splices, Func<ReadOnlyMemory<byte>, ValueTask> write)
{
    long _position;
    int _next;

    public async ValueTask Feed(ReadOnlyMemory<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            var (start, end, instead) = _next < splices.Count ? splices[_next] : new Splice(long.MaxValue, long.MaxValue, []);
            var isCut = _position >= start;
            var take = (int)Math.Min(chunk.Length, (isCut ? end : start) - _position);
            if (!isCut)
                await write(chunk[..take]);
            else if (_position == start && instead.Length > 0)
                await write(instead);
            _position += take;
            if (_position == end)
                _next++;
            chunk = chunk[take..];
        }
    }
}
