namespace Plimsoll.Engine.Images.Writing;

/// <summary>A compressed format whose blocks need nothing of one another, so that they can be made at once.</summary>
internal interface IBlockFormat : IDisposable
{
    /// <summary>Bytes that make one block. The same everywhere: what comes out depends on it.</summary>
    int BlockBytes { get; }

    /// <summary>The most bytes that a block is packed into.</summary>
    int PackedBytes { get; }

    /// <summary>Memory that packing one block takes besides; 0 where it is little.</summary>
    int WorkingBytes { get; }

    /// <summary>What stands before the first block.</summary>
    ReadOnlyMemory<byte> Start { get; }

    /// <summary>Sees the blocks in their order, each before it is packed.</summary>
    void See(ReadOnlySpan<byte> block);

    /// <summary>Packs one block; several at once, in any order.</summary>
    /// <returns>Bytes that it takes in <paramref name="packed"/>.</returns>
    int Pack(ReadOnlySpan<byte> block, byte[] packed);

    /// <summary>What stands behind the last block.</summary>
    ReadOnlyMemory<byte> End();
}
