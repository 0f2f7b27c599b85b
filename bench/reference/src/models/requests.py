from typing import List

from pydantic import BaseModel, Field


class CreateProductRequest(BaseModel):
    name: str = Field(min_length=1, max_length=200)
    description: str = Field(max_length=2000)
    price: str
    currency: str = Field(min_length=3, max_length=3)
    period: str = Field(min_length=1, max_length=50)
    features: List[str] = []
