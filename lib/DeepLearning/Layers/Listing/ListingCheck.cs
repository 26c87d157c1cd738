namespace DeepLearning;

/// <summary>Looks for layers, parameters and buffers that a layer holds in its fields and does not list.</summary>
internal static class ListingCheck
{
    /// <exception cref="InvalidOperationException">
    /// The layer does not list something; it says what, and where it is to be listed.
    /// </exception>
    public static void Run(Layer layer)
    {
        if (!LayerFields.MayHold(layer.GetType())) return;
        HashSet<object> listed = new(ReferenceEqualityComparer.Instance);
        Add(layer);
        foreach (object borrowed in layer.AllBorrowed)
        {
            if (borrowed is Layer whole) Add(whole);
            else listed.Add(borrowed);
        }
        foreach ((string where, object held) in LayerFields.Held(layer))
        {
            if (!listed.Contains(held)) throw new InvalidOperationException(Message(layer, where, held));
        }

        void Add(Layer owner)
        {
            foreach (Layer within in owner.AndWithin())
            {
                if (!listed.Add(within)) continue;
                foreach ((_, Tensor tensor) in within.OwnState) listed.Add(tensor);
            }
        }
    }

    private static string Message(Layer layer, string where, object held)
    {
        (string what, string consequence, string list) = held switch
        {
            Parameter p => ($"a parameter '{p.Name}' {p.Shape}", "neither trained nor moved nor saved", "OwnParameters"),
            LayerBuffer b => ($"a buffer '{b.Name}' {b.Shape}", "neither moved nor saved", "OwnBuffers"),
            _ => ($"a {held.GetType().Name}", "neither trained nor moved nor saved, nor switched to evaluation", "Children"),
        };
        return $"{layer.GetType().Name} holds {what} in {where} and does not list it, so that it would be {consequence}; add it to " +
            $"{list}, " +
            "or to Borrowed if something else owns it.";
    }
}
