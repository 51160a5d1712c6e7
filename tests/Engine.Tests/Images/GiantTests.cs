using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Images;

/// <summary>Layers that are too much on purpose, made up while they are read.</summary>
[Trait("Category", "Slow")]
public sealed class GiantTests
{
    /// <summary>Ten million headers, one after another, each with a name of its own.</summary>
    sealed class EndlessTar(long entries) : Stream
    {
        readonly byte[] _header = Header();
        long _position;

        static byte[] Header()
        {
            var block = new byte[512];
            Encoding.ASCII.GetBytes("d/00000000").CopyTo(block, 0);
            Encoding.ASCII.GetBytes("0000644\00000000\00000000\000000000000\000000000000\0        0").CopyTo(block, 100);
            Encoding.ASCII.GetBytes("ustar\000").CopyTo(block, 257);
            return block;
        }

        public override int Read(Span<byte> buffer)
        {
            var count = 0;
            for (; count + 512 <= buffer.Length && _position < entries; count += 512, _position++)
            {
                var rest = _position;
                for (var digit = 9; digit >= 2; digit--, rest /= 10)
                    _header[digit] = (byte)('0' + rest % 10);
                _header.AsSpan(148, 8).Fill((byte)' ');
                var sum = 0;
                foreach (var b in _header)
                    sum += b;
                Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(_header, 148);
                _header.CopyTo(buffer[count..]);
            }
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    [Fact]
    public async Task A_layer_of_ten_million_entries_is_refused_at_the_limit_and_its_memory_is_given_back()
    {
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => TestLayer.Read([], Digest.Of([]), source: new EndlessTar(10_000_000)));
        Assert.Contains("more than 3,000,000 files", error.Message);
    }

    [Fact]
    public async Task A_bomb_of_ten_gigabytes_is_refused_after_a_quarter_of_one()
    {
        // Gzip members repeat, so that ten kilobytes of bomb make as large a one as anybody likes.
        var member = TestImage.Pack(new byte[16 << 20], Packing.Gzip);
        var bomb = new TestImage(new byte[1024]) { Packed = Packing.Gzip }.Classic();
        bomb[$"{0:x64}/layer.tar"] = [.. Enumerable.Repeat(TestImage.Pack(new TestLayer().File("zeros", 0).Tar()[..512], Packing.Gzip).Concat(member), 640).SelectMany(bytes => bytes)];
        var report = (await TestImage.Inspect(TestImage.Tar(bomb))).Report;
        Assert.Empty(report.Images);
        Assert.NotEmpty(Assert.Single(report.Failures).Reason);
    }
}
