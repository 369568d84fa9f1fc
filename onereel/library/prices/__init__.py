"""What a film of the library costs at most, before anybody is asked for anything."""
