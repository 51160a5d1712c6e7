using System.Buffers;
using System.IO.Pipelines;

namespace Plimsoll.Operator.Cluster;

/// <summary>The lines of a stream, each as soon as it has ended.</summary>
/// <param name="longest">Bytes that one line may have.</param>
internal sealed class LineReader(Stream stream, int longest) : IAsyncDisposable
{
    readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 << 10));
    ReadOnlySequence<byte> _line;
    SequencePosition? _consumed;

    /// <summary>The line that was read last. It is gone with the next one.</summary>
    public ReadOnlySequence<byte> Line => _line;

    /// <summary>Gives the buffers back, and closes the stream.</summary>
    public ValueTask DisposeAsync() => _pipe.CompleteAsync();

    /// <summary>False at the end of the stream. A last line that did not end was cut off, and is none.</summary>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public async Task<bool> Read(CancellationToken ct)
    {
        if (_consumed is { } before)
            _pipe.AdvanceTo(before);
        _consumed = null;
        while (true)
        {
            var read = await _pipe.ReadAsync(ct);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                _line = read.Buffer.Slice(0, end);
                _consumed = read.Buffer.GetPosition(1, end);
                return true;
            }
            if (read.Buffer.Length > longest)
                throw new InvalidDataException($"a line of a watch has more than {longest} bytes");
            _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return false;
        }
    }
}
