namespace DeepLearning;

// That a layer lists all it holds: what is not listed is neither trained nor moved nor saved, and nothing would say so.
public abstract partial class Layer
{
    private bool _isListingChecked;

    /// <summary>
    /// Layers, parameters and buffers that this layer holds in its fields on purpose without owning them, such as a teacher that it is
    /// compared with or a weight of another layer: they are not trained, moved or saved with it. None by default. What a layer holds and
    /// lists neither here nor in <see cref="Children"/>, <see cref="OwnParameters"/> or <see cref="OwnBuffers"/> is an error.
    /// </summary>
    protected virtual IEnumerable<object> Borrowed => [];

    internal IEnumerable<object> AllBorrowed => Borrowed;

    /// <summary>Throws if this layer or one within it holds a layer, parameter or buffer in a field that it does not list.</summary>
    internal void CheckListing()
    {
        foreach (Layer layer in AndWithin().Distinct())
        {
            ListingCheck.Run(layer);
            layer._isListingChecked = true;
        }
    }

    // For what is called often: a layer is looked at once.
    private void CheckListingOnce()
    {
        if (!_isListingChecked) CheckListing();
    }
}
